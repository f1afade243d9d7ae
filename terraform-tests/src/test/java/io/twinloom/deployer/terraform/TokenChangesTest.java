package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rotation applies tokens and nothing else: what else a plan holds is found. */
class TokenChangesTest {

  private static List<Change> others(String change) {
    return of("managed", "module.aws.aws_lambda_function.other[\"mill-persister\"]", change);
  }

  private static List<Change> of(String mode, String address, String change) {
    JsonObject shown =
        JsonObject.builder()
            .put(
                "resource_changes",
                JsonArray.of(
                    JsonObject.builder()
                        .put("address", address)
                        .put("mode", mode)
                        .put("change", Json.parseObject(change.getBytes(StandardCharsets.UTF_8)))
                        .build()))
            .build();
    return TokenChanges.others(shown, SomeParts.ALL);
  }

  @Test
  void anotherTokenAloneIsNoOtherChange() {
    assertThat(
            others(
                """
                {"actions": ["update"],
                 "before": {"memory_size": 512, "last_modified": "t", "description": null,
                   "environment": [{"variables": {"REMOTE_WRITER_TOKEN": "a", "X": "1"}}]},
                 "after": {"memory_size": 512,
                   "environment": [{"variables": {"REMOTE_WRITER_TOKEN": "b", "X": "1"}}]},
                 "after_unknown": {"last_modified": true, "environment": [{"variables": {}}]}}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"m\": 512, \"v\": [{\"A_TOKEN\": \"a\"}]} | {\"m\": 1024, \"v\": [{\"A_TOKEN\": \"b\"}]}",
        "{\"v\": [{\"A_TOKEN\": \"a\", \"URL\": \"x\"}]} | {\"v\": [{\"A_TOKEN\": \"b\", \"URL\": \"y\"}]}",
        "{\"v\": [{\"URL\": \"x\"}]} | {\"v\": [{}]}",
        "{\"v\": [{\"A_TOKEN\": \"a\"}]} | {\"v\": [{\"A_TOKEN\": \"a\"}, {\"B_TOKEN\": \"b\"}]}",
        "{\"policy\": \"x\"} | {\"policy\": \"y\"}",
      })
  void anythingElseInTheSameThingIsFound(String before, String after) {
    assertThat(
            others(
                "{\"actions\": [\"update\"], \"before\": %s, \"after\": %s, \"after_unknown\": {}}"
                    .formatted(before, after)))
        .extracting(Change::what, Change::action)
        .containsExactly(tuple("function mill-persister", Action.CHANGE));
  }

  @ParameterizedTest
  @CsvSource({"create,,ADD", "delete,,REMOVE", "delete,create,REPLACE", "create,delete,REPLACE"})
  void whatComesOrGoesIsFound(String first, String second, Action action) {
    String actions = "\"" + first + "\"" + (second == null ? "" : ", \"" + second + "\"");
    assertThat(others("{\"actions\": [" + actions + "], \"before\": null, \"after\": null}"))
        .extracting(Change::action)
        .containsExactly(action);
  }

  @Test
  void whatStaysOrIsOnlyReadIsNoChange() {
    assertThat(others("{\"actions\": [\"no-op\"], \"before\": {}, \"after\": {}}")).isEmpty();
    assertThat(of("data", "data.aws_region.here", "{\"actions\": [\"read\"]}")).isEmpty();
  }

  @Test
  @Tag("full")
  void ofARealPlanOnlyWhatIsBesideTheTokensIsTold() {
    Path folder = TfCheck.emptyFolder("tokens-alone").resolve("terraform");
    Project project = Twins.twin("azzzzzz", Twins.EVENTS);
    TerraformFolder terraform = planned(project, folder, "former", false);
    terraform.apply();
    TerraformFolder rotating = planned(project, folder, "next", false);
    assertThat(rotating.besideTokens()).isEmpty();
    rotating.apply();
    assertThat(planned(project, folder, "other", true).besideTokens())
        .extracting(Change::what)
        .contains("function mill-connector");
    TfCheck.in(folder).destroy();
  }

  private static TerraformFolder planned(
      Project project, Path folder, String token, boolean moved) {
    Topology topology = Topology.of(project);
    Map<String, String> tokens = new LinkedHashMap<>();
    topology.connections().forEach(c -> tokens.put(c.id(), token + "-token-" + c.id()));
    TerraformVariables variables =
        TerraformVariablesBuilder.project(project, topology, folder)
            .packages(Twins.packages(topology))
            .tokens(tokens)
            .regions(Map.of("aws", "eu-central-1"))
            .remoteEndpoints(
                moved
                    ? Map.of(
                        new FunctionId(KnownClouds.AZURE, "mill-ingestion"),
                        URI.create("https://moved.example/ingestion"))
                    : Twins.elsewhere(topology))
            .make();
    new TerraformFiles(folder).write(project.placement(), variables, Optional.empty());
    TerraformFolder terraform = TfCheck.in(folder);
    terraform.init();
    assertThat(terraform.plan().isEmpty()).isFalse();
    return terraform;
  }
}
