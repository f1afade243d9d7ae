package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.testkit.tool.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated workflow as Terraform fills it in; that it runs is shown with AWS's adapters. */
class WorkflowDefinitionTest {

  @TempDir Path folder;

  private static String definition() {
    return new String(TerraformFiles.source("aws/workflow.asl.json"), StandardCharsets.UTF_8)
        .replace("${partition}", "aws")
        .replace("${dead_letters}", "mill-dead-letters-01234567")
        .replace("${workflow_cloud_name}", "mill-workflow");
  }

  @Test
  void everyStateLeadsToOneThatIsThereOrEnds() {
    assertThat(definition()).doesNotContain("${");
    JsonObject machine = Json.parseObject(definition().getBytes(StandardCharsets.UTF_8));
    JsonObject states = machine.object("States").orElseThrow();
    assertThat(states.members()).containsKey(machine.text("StartAt").orElseThrow());
    for (String name : states.members().keySet()) {
      JsonObject state = states.object(name).orElseThrow();
      List<String> next =
          Stream.concat(
                  state.text("Next").stream(),
                  state.array("Catch").orElse(JsonArray.EMPTY).values().stream()
                      .map(c -> ((JsonObject) c).text("Next").orElseThrow()))
              .toList();
      assertThat(states.members().keySet()).as(name).containsAll(next);
      boolean ends = state.has("End") || state.text("Type").equals(Optional.of("Fail"));
      assertThat(ends || state.has("Next")).as(name).isTrue();
    }
  }

  @Test
  void eachFunctionIsTriedThreeTimesAndThenLeavesADeadLetter() {
    JsonObject states =
        Json.parseObject(definition().getBytes(StandardCharsets.UTF_8))
            .object("States")
            .orElseThrow();
    for (String name : List.of("First", "Second")) {
      JsonObject state = states.object(name).orElseThrow();
      JsonValue retry = state.array("Retry").orElseThrow().values().getFirst();
      assertThat(((JsonObject) retry).get("MaxAttempts")).hasToString("2");
      String caught =
          ((JsonObject) state.array("Catch").orElseThrow().values().getFirst())
              .text("Next")
              .orElseThrow();
      assertThat(states.object(caught).orElseThrow().text("Next")).contains("KeepDeadLetter");
    }
    assertThat(states.object("KeepDeadLetter").orElseThrow().text("Next")).contains("Failed");
  }

  @Test
  void theValidatorOfTheStatesLanguageTakesIt() throws Exception {
    Path validator = Tool.module(".bin/asl-validator");
    Path file = Files.writeString(folder.resolve("workflow.json"), definition());
    Process process =
        new ProcessBuilder(validator.toString(), "--json-path", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
