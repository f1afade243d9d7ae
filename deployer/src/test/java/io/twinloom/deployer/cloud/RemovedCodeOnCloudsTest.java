package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The code of a device and of an action that a project has no more")
class RemovedCodeOnCloudsTest {

  private static final String PROCESS = "def process(event):\n    return event\n";
  private static final List<String> LEAVING = List.of("hall-s2-processor", "hall-siren");

  @TempDir Path folder;
  private HallOnClouds hall;
  private final List<List<String>> asked = new ArrayList<>();
  private int looks;

  private static ProjectBuilder project() {
    return ProjectBuilder.of("hall")
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.GOOGLE)
        .on(Layer.L3_ARCHIVE, KnownClouds.GOOGLE)
        .without(Layer.L4)
        .feature("useEventChecking")
        .device("s1", "t")
        .rule("s1.s1.t > DOUBLE(1)", "alarm", PROCESS);
  }

  @BeforeEach
  void deploy() {
    hall = new HallOnClouds(folder);
    project()
        .device("s2", "t")
        .pythonProcessor("s2", PROCESS)
        .rule("s2.s2.t > DOUBLE(1)", "siren", PROCESS)
        .writeTo(hall.project);
    hall.deploy();
    hall.clouds.planned.clear();
    hall.clouds.done.clear();
    RecordedOperations aws = new RecordedOperations(KnownClouds.AWS);
    aws.waits = functions -> waiting(functions);
    hall.clouds.operations.put(KnownClouds.AWS, aws);
  }

  private List<String> waiting(List<DeployedFunction> functions) {
    asked.add(functions.stream().map(DeployedFunction::name).sorted().toList());
    return looks++ < 2 ? List.of("3 events for hall-siren") : List.of();
  }

  private void withoutThem() throws IOException {
    for (String code : List.of("processors/s2", "event_actions/siren")) {
      Path gone = hall.project.resolve(code);
      Files.delete(gone.resolve("process.py"));
      Files.delete(gone);
    }
    project().writeTo(hall.project);
  }

  @Test
  @DisplayName("goes once nothing waits for it")
  void drained() throws IOException {
    withoutThem();
    hall.deploy();

    assertThat(asked).as("until it was empty, often enough").hasSizeGreaterThan(3);
    assertThat(asked).allMatch(functions -> functions.equals(LEAVING));
    assertThat(hall.clouds.planned.getFirst())
        .as("while it is waited for, it is there")
        .containsAll(LEAVING);
    assertThat(hall.clouds.planned.getLast())
        .contains("hall-alarm")
        .doesNotContainAnyElementsOf(LEAVING);
    assertThat(hall.said).anyMatch(step -> step.contains("3 events for hall-siren on aws"));
    asked.clear();
    hall.deploy();
    assertThat(asked).as("nothing leaves any more").isEmpty();
  }

  @Test
  @DisplayName("goes once nothing waits for it where another device takes its place, too")
  void replaced() throws IOException {
    for (String code : List.of("processors/s2", "event_actions/siren")) {
      Path gone = hall.project.resolve(code);
      Files.delete(gone.resolve("process.py"));
      Files.delete(gone);
    }
    project().device("s3", "t").writeTo(hall.project);
    hall.deploy();

    assertThat(asked).as("until it was empty, often enough").hasSizeGreaterThan(3);
    assertThat(hall.clouds.planned.size())
        .as("known, let in with the code kept, gone")
        .isEqualTo(3);
    assertThat(hall.clouds.planned.subList(0, 2))
        .allSatisfy(names -> assertThat(names).containsAll(LEAVING));
    assertThat(hall.clouds.planned.getLast()).doesNotContainAnyElementsOf(LEAVING);
  }

  @Test
  @DisplayName("is waited for again where that was cut off")
  void cutOff() throws IOException {
    withoutThem();
    hall.clouds.operations.get(KnownClouds.AWS).waits =
        functions -> {
          throw new TwinloomException(DeployerError.CLOUD_REFUSED, "cut off", "", "");
        };
    assertThatThrownBy(hall::deploy).isInstanceOf(TwinloomException.class);
    assertThat(hall.clouds.planned).allSatisfy(names -> assertThat(names).containsAll(LEAVING));

    hall.clouds.operations.get(KnownClouds.AWS).waits = this::waiting;
    hall.deploy();
    assertThat(asked).hasSizeGreaterThan(3);
    assertThat(hall.clouds.planned.getLast()).doesNotContainAnyElementsOf(LEAVING);
  }
}
