package io.twinloom.local.event;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedUserCodeTest {

  @TempDir Path folder;

  private static ProjectBuilder on(Provider cloud) {
    return ProjectBuilder.of("events")
        .device("press", "t")
        .on(Layer.L2, cloud)
        .pythonProcessor("press", "def process(event):\n    print('pressed')\n    return event\n");
  }

  /** The clouds whose logs have what the user's code printed, in the order of the lines. */
  private List<String> printedOn() {
    try (Stream<Path> files = Files.walk(folder.resolve("data").resolve(LocalClouds.LOG_FOLDER))) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> lines(file).stream())
          // One that is being written has no end yet.
          .filter(line -> line.contains("pressed") && line.endsWith("}"))
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .map(Json::parseObject)
          .map((JsonObject line) -> line.text("cloud").orElse(""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("what user code prints after layer 2 has moved is in the log of its new cloud")
  void theLogIsThatOfTheNewCloud() {
    try (EventTwin twin = EventTwin.start(folder, on(AWS))) {
      twin.measure("press", "{\"t\": 1}");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(printedOn()).containsExactly("aws"));

      var unused = twin.become(on(AZURE));
      twin.measure("press", "{\"t\": 2}");

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(printedOn()).containsExactly("aws", "azure"));
    }
  }
}
