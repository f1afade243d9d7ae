package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Project;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter raises an alarm where the project asks for one. */
class StatusAlarmTest {

  @TempDir Path folder;

  @Test
  void deadLettersThatWaitAreAnAlarmThatSaysHowManyAndWhatToDo() throws IOException {
    assertThat(alarms(true, 3))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("3 dead letters wait", "replay"));
    assertThat(alarms(true, 1)).singleElement().asString().contains("1 dead letter waits");
  }

  @Test
  void withoutDeadLettersThereIsNoAlarm() throws IOException {
    assertThat(alarms(true, 0)).isEmpty();
  }

  @Test
  void whereTheProjectAsksForNoneThereIsNoAlarm() throws IOException {
    assertThat(alarms(false, 3)).isEmpty();
  }

  private List<String> alarms(boolean asked, long deadLetters) throws IOException {
    Files.writeString(
        folder.resolve("config_optimization.json"),
        "{\"result\": {\"inputParamsUsed\": {\"integrateErrorHandling\": " + asked + "}}}");
    Project project = Projects.of(folder, "[]", "");
    return new Status(
            project, Topology.of(project), TargetState.of("local").build(), Set.of(), Map.of())
        .report(deadLetters, List.of())
        .alarms();
  }
}
