package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The root module with stand-ins of the other clouds' modules, which take and give addresses as
 * AWS's does. Terraform looks for cycles by block and not by instance, so that one placement speaks
 * for all; the others show the addresses arrive.
 */
@Tag("full")
class CloudsTogetherTest {

  private static final String APART =
      """
      variable "cloud" { type = string }
      variable "functions" { type = any }
      variable "endpoints" { type = map(map(string)) }

      resource "terraform_data" "receiver" {
        for_each = { for name, f in var.functions : name => f if f.exposed }
        input    = "https://${var.cloud}.example/${each.key}"
      }

      resource "terraform_data" "other" {
        for_each = { for name, f in var.functions : name => f if !f.exposed }
        input    = { for variable, receiver in each.value.addresses : variable => var.endpoints[receiver.cloud][receiver.function] }
      }

      output "endpoints" {
        value = { for name, receiver in terraform_data.receiver : name => receiver.output }
      }
      """;

  private static final String TOGETHER =
      """
      variable "cloud" { type = string }
      variable "functions" { type = any }
      variable "endpoints" { type = map(map(string)) }

      resource "terraform_data" "function" {
        for_each = var.functions
        input    = { for variable, receiver in each.value.addresses : variable => var.endpoints[receiver.cloud][receiver.function] }
      }

      output "endpoints" {
        value = { for name, f in terraform_data.function : name => "https://${var.cloud}.example/${f.id}" }
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"azgazga", "gazagza", "zagzaaz"})
  void noPlacementMakesACycleAndEveryAddressArrives(String placement) {
    Project project = Twins.twin(placement, Twins.EVENTS);
    Path folder = written(project, APART, TfCheck.emptyFolder("together-" + placement));
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    terraform.validate();
    terraform.plan();
    terraform.apply();
    String state = Json.text(TfCheck.show(folder));
    Topology topology = Topology.of(project);
    JsonObject endpoints = terraform.outputs().object("endpoints").orElseThrow();
    assertThat(topology.connections())
        .allSatisfy(
            c ->
                assertThat(endpoints.object(c.to().id()).orElseThrow().text(c.receiver().name()))
                    .isPresent());
    topology.connections().stream()
        .filter(c -> !c.senders().isEmpty() && c.to() != KnownClouds.AWS)
        .forEach(
            c ->
                assertThat(state)
                    .containsPattern(
                        "_URL\":\"https://" + c.to().id() + ".example/" + c.receiver().name()));
    assertThat(state).containsPattern("_URL\":\"https://\\w+.lambda-url.eu-central-1.on.aws\"");
    terraform.destroy();
    assertThat(terraform.managed()).isZero();
  }

  @Test
  void aCloudWithOneBlockForBothWouldCloseACycle() {
    Path folder =
        written(
            Twins.twin("azgazga", Twins.EVENTS), TOGETHER, TfCheck.emptyFolder("together-cycle"));
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    assertThat(catchThrowableOfType(TwinloomException.class, terraform::validate).code())
        .isEqualTo("TL-TERRAFORM-CYCLE");
  }

  private static Path written(Project project, String module, Path data) {
    Path folder = data.resolve("terraform");
    TerraformVariables all = Twins.variables(project, folder);
    TerraformVariables variables =
        new TerraformVariables(
            all.open().toBuilder().put("remote_endpoints", JsonObject.EMPTY).build(), all.secret());
    new TerraformFiles(folder).write(project.placement(), variables, Optional.empty());
    try {
      Files.writeString(
          folder.resolve("clouds.tf.json"),
          """
          {"locals": {"clouds":
            {"aws": "${local.aws}", "azure": "${local.azure}", "google": "${local.google}"}}}
          """);
      for (String cloud : List.of("azure", "google")) {
        Files.createDirectories(folder.resolve(cloud));
        Files.writeString(folder.resolve(cloud).resolve("main.tf"), module);
        Files.writeString(
            folder.resolve(cloud + ".tf"),
            """
            module "CLOUD" {
              source    = "./CLOUD"
              cloud     = "CLOUD"
              functions = lookup(var.functions, "CLOUD", {})
              endpoints = local.endpoints
            }
            locals {
              CLOUD = {
                endpoints          = module.CLOUD.endpoints
                things             = null
                device_credentials = {}
              }
            }
            """
                .replace("CLOUD", cloud));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
