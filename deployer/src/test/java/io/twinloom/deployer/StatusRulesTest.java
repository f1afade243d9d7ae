package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Project;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the status says of events. */
class StatusRulesTest {

  private static final String DEVICES =
      "[{\"id\": \"s1\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]";

  @TempDir Path folder;

  @Test
  void eachRuleSaysWhatItDoesAndHowOftenItFiredAndWasSkipped() throws Exception {
    Files.writeString(
        folder.resolve("config_optimization.json"),
        "{\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}");
    Files.writeString(
        folder.resolve("config_events.json"),
        """
        [{"condition": "x.s1.t > DOUBLE(1)",
          "action": {"type": "function", "functionName": "alarm", "autoDeploy": false}},
         {"condition": "x.s1.t > DOUBLE(9)",
          "action": {"type": "function", "functionName": "alarm", "autoDeploy": false}}]
        """);
    Project project = Projects.of(folder, DEVICES, "");
    JsonObject status =
        status(project, Map.of("rule-2-fired", 7L, "rule-2-skipped", 1L, "odd", 3L), Map.of());
    assertThat(status.get("rules"))
        .isEqualTo(
            json("""
            {"r": [
              {"rule": 1, "condition": "x.s1.t > DOUBLE(1)",
               "does": "function alarm", "fired": 0, "skipped": 0},
              {"rule": 2, "condition": "x.s1.t > DOUBLE(9)",
               "does": "function alarm", "fired": 7, "skipped": 1}]}
            """)
                .get("r"));
    assertThat(status.get("counters")).isEqualTo(json("{\"odd\": 3}"));
  }

  @Test
  void whereNoRuleIsEvaluatedThereAreNone() {
    Project project = Projects.of(folder, DEVICES, "");
    assertThat(String.valueOf(status(project, Map.of(), Map.of()).get("rules"))).isEqualTo("[]");
  }

  @Test
  void anActionThatOthersDeployIsThereWhereItRuns() {
    Project project = Projects.of(folder, DEVICES, "");
    JsonObject status = status(project, Map.of(), Map.of("theirs", new FunctionCounts(5, 1, "")));
    List<JsonValue> functions = status.array("functions").orElseThrow().values();
    assertThat(functions.getLast())
        .isEqualTo(
            json(
                "{\"name\": \"theirs\", \"cloudName\": \"theirs\", \"cloud\": \"azure\","
                    + " \"invocations\": 5, \"errors\": 1}"));
  }

  private static JsonObject status(
      Project project, Map<String, Long> counters, Map<String, FunctionCounts> counts) {
    return StatusJson.write(
        new Status(
                project,
                Topology.of(project),
                TargetState.of("local").counters(counters).build(),
                Set.of(),
                onLayerTwo(project, counts))
            .report(0, List.of()));
  }

  private static Map<FunctionId, FunctionCounts> onLayerTwo(
      Project project, Map<String, FunctionCounts> counts) {
    Map<FunctionId, FunctionCounts> all = new HashMap<>();
    counts.forEach((name, count) -> all.put(new FunctionId(project.placement().l2(), name), count));
    return all;
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
