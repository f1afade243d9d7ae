package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerraformVariablesBuilderTest {

  private static final Path FOLDER = Path.of("/twins/cloud/terraform");

  @Test
  void aSenderNamesItsReceiversInsteadOfTheirAddresses() {
    JsonObject variables = Twins.variables(Twins.twin("azaaaaa", Twins.EVENTS), FOLDER).open();
    JsonObject connector = function(variables, "aws", "mill-connector");
    assertThat(connector.object("addresses").orElseThrow())
        .hasToString(
            "{\"REMOTE_INGESTION_URL\":{\"cloud\":\"azure\",\"function\":\"mill-ingestion\"}}");
    assertThat(connector.object("environment").orElseThrow())
        .hasToString("{\"REMOTE_INGESTION_BATCHES\":\"true\"}");
    assertThat(function(variables, "azure", "mill-ingestion").get("exposed")).hasToString("true");
  }

  @Test
  void tokensAreApartByFunctionAndVariable() {
    TerraformVariables variables = Twins.variables(Twins.twin("azaaaaa", Twins.EVENTS), FOLDER);
    JsonObject secrets = variables.secret().object("secrets").orElseThrow();
    assertThat(in(secrets, "aws", "mill-connector").members().keySet())
        .containsExactlyInAnyOrder("REMOTE_INGESTION_TOKEN", "INTER_CLOUD_TOKEN");
    assertThat(in(secrets, "azure", "mill-ingestion").members().keySet())
        .containsExactly("INTER_CLOUD_TOKEN");
    assertThat(variables.toString() + variables.open()).doesNotContain("token-that-nobody-may-see");
  }

  @Test
  void systemFunctionsShareAPackageAndUserFunctionsHaveTheirOwn() {
    JsonObject variables = Twins.variables(Twins.twin("aaaaaaa", Twins.EVENTS), FOLDER).open();
    assertThat(function(variables, "aws", "mill-persister").text("package")).contains("aws/system");
    assertThat(function(variables, "aws", "mill-Säge.1-processor").text("package"))
        .contains("aws/mill-Säge.1-processor");
    assertThat(function(variables, "aws", "mill-workflow").text("package")).isEmpty();
    JsonObject packages = variables.object("packages").orElseThrow();
    assertThat(packages.object("aws/system").orElseThrow().text("file"))
        .contains("../../../packages/system.zip");
  }

  @Test
  void aFunctionWithoutItsPackageIsAnError() {
    Project project = Twins.twin("aaaaaaa", Twins.EVENTS);
    Topology topology = Topology.of(project);
    List<FunctionPackage> lacking =
        Twins.packages(topology).stream().filter(p -> !p.name().equals("mill-alarm")).toList();
    assertThatThrownBy(
            () ->
                TerraformVariablesBuilder.project(project, topology, FOLDER)
                    .packages(lacking)
                    .tokens(Twins.tokens(topology))
                    .make())
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-PACKAGE-MISSING"))
        .hasMessageContaining("mill-alarm");
  }

  @Test
  void aConnectionWithoutTokenIsAnErrorThatNamesIt() {
    Project project = Twins.twin("azaaaaa", Twins.EVENTS);
    Topology topology = Topology.of(project);
    assertThatThrownBy(
            () ->
                TerraformVariablesBuilder.project(project, topology, FOLDER)
                    .packages(Twins.packages(topology))
                    .make())
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CONNECTION-MISSING"))
        .hasMessageContaining("aws_l1_to_azure_l2");
  }

  @Test
  void devicesHaveTheirNamesInTheRegistryOfLayerOnesCloud() {
    JsonObject channel =
        Twins.variables(Twins.twin("azzzzzz", Twins.EVENTS), FOLDER)
            .open()
            .object("channels")
            .orElseThrow()
            .object("aws")
            .orElseThrow();
    assertThat(channel.text("telemetry")).contains("dt/mill/+/telemetry");
    assertThat(channel.object("devices").orElseThrow().text("Säge.1").orElse(""))
        .matches("mill-Sage-1-[0-9a-z]{6}");
  }

  @Test
  void onlyTheScheduleThatContinuesSaysSo() {
    JsonObject schedules =
        Twins.variables(Twins.twin("aaaaaaa", Twins.EVENTS), FOLDER)
            .open()
            .object("schedules")
            .orElseThrow();
    assertThat(in(schedules, "aws", "mill-hot-to-cold-mover-daily").text("input")).contains("{}");
    assertThat(in(schedules, "aws", "mill-hot-to-cold-mover-continue").text("input"))
        .contains("{\"continue\":true}");
  }

  @Test
  void whatTheProjectSetsIsAVariableOfTheHcl() {
    String settings =
        "{\"batch_window_seconds\":0,\"put_off_limit_seconds\":3600,\"mover_runs\":2,"
            + "\"trace_sampling\":7,\"xray\":true,"
            + "\"log_retention_days\":7,\"tags\":{\"cost-centre\":\"17\"}}";
    JsonObject open = Twins.variables(Twins.setting("aaaaaaa", settings), FOLDER).open();
    String hcl = new String(TerraformFiles.source("variables.tf"), StandardCharsets.UTF_8);
    assertThat(Part.parse(settings).members())
        .allSatisfy(
            (name, value) -> {
              assertThat(open.get(name)).isEqualTo(value);
              assertThat(hcl).contains("variable \"" + name + "\"");
            });
  }

  @Test
  void theUsersOwnWorkflowGoesAlongAsItIs() {
    Project project = Twins.twin("aaaaaaa", Twins.EVENTS);
    Topology topology = Topology.of(project);
    TerraformVariables variables =
        TerraformVariablesBuilder.project(project, topology, FOLDER)
            .packages(Twins.packages(topology))
            .tokens(Twins.tokens(topology))
            .workflow(KnownClouds.AWS, "{\"StartAt\": \"Mine\"}")
            .make();
    assertThat(Json.text(variables.open().object("workflow_definitions").orElseThrow()))
        .isEqualTo("{\"aws\":\"{\\\"StartAt\\\": \\\"Mine\\\"}\"}");
    assertThat(variables.open().get("regions")).isEqualTo(JsonObject.of(Map.of()));
  }

  private static JsonObject function(JsonObject variables, String cloud, String name) {
    return in(variables.object("functions").orElseThrow(), cloud, name);
  }

  private static JsonObject in(JsonObject things, String cloud, String name) {
    return things.object(cloud).flatMap(all -> all.object(name)).orElseThrow();
  }
}
