package io.twinloom.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.JsonBoolean;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.reading.ProjectReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectBuilderTest {
  private static final String PYTHON = "def process(event):\n    return event\n";

  @TempDir Path dir;

  @Test
  void theSmallestProjectIsValidAndOnOneCloud() {
    Project project = ProjectBuilder.of("small").readFrom(dir.resolve("small"));

    assertThat(project.devices()).extracting(d -> d.id()).containsExactly("sensor-1");
    for (Layer layer : Layer.values()) {
      assertThat(project.placement().of(layer))
          .isIn(Optional.of(KnownClouds.AWS), Optional.empty());
    }
  }

  @Test
  void aProjectWithEverythingIsValidAsFolderAndAsZip() {
    ProjectBuilder builder =
        ProjectBuilder.of("factory")
            .overThreeClouds()
            .config("compress_chunks", JsonBoolean.TRUE)
            .devices(3)
            .device("oven", "heat", "pressure")
            .pythonProcessor("oven", PYTHON)
            .javaProcessor("sensor-1", "Sensor", "final class Sensor {}\n")
            .defaultProcessor(PYTHON)
            .rule("any.oven.heat > DOUBLE(200)", "alarm", PYTHON);

    Project project = builder.readFrom(dir.resolve("factory"));

    assertThat(project.devices()).hasSize(4);
    assertThat(project.userCode()).hasSize(4);
    assertThat(project.rules()).hasSize(1);
    assertThat(ProjectReader.read(builder.zipTo(dir.resolve("factory.zip"))).project())
        .contains(project);
  }

  @Test
  void aProjectThatIsNotValidIsNotHandedOut() {
    ProjectBuilder builder = ProjectBuilder.of("bad").file("config_providers.json", "{}");

    assertThatThrownBy(() -> builder.readFrom(dir.resolve("bad")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KEY_MISSING");
  }
}
