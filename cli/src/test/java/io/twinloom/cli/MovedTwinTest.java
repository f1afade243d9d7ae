package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.client.ControlClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layer 4 of a twin that runs is moved to another cloud. */
class MovedTwinTest {

  @TempDir Path folder;
  private TieredTwin twin;

  @BeforeEach
  void makeProject() throws IOException {
    twin = TieredTwin.write(folder, "google", "google", "google");
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  /** Has a component of the twin show what s1 measures. */
  private void showS1() throws IOException {
    Files.writeString(
        Files.createDirectories(twin.project().resolve("twin_hierarchy")).resolve("hierarchy.json"),
        """
        [{"type": "entity", "id": "room", "children": [
          {"type": "component", "name": "c1", "componentTypeId": "s1", "iotDeviceId": "s1"}]}]
        """);
  }

  /** The newest value that the twin service has of s1. */
  private String shown() throws IOException {
    JsonObject endpoints =
        Json.parseObject(Files.readAllBytes(twin.project().resolve(".twinloom/endpoints.json")));
    ControlClient client =
        new ControlClient(URI.create(endpoints.text("api").orElseThrow()), "hall");
    return client
        .readTwin(
            "GetPropertyValue",
            JsonObject.builder()
                .put("entityId", "room")
                .put("componentName", "c1")
                .put("selectedProperties", JsonArray.ofTexts(List.of("t")))
                .build())
        .response()
        .object("propertyValues")
        .flatMap(values -> values.object("t"))
        .flatMap(t -> t.object("propertyValue"))
        .map(value -> String.valueOf(value.get("doubleValue")))
        .orElse("none");
  }

  @Test
  @DisplayName("layer 4 is moved while devices send, and takes its newest values along")
  void theNewGraphIsReadOnceItHasTheValuesOfTheOldOne() throws Exception {
    showS1();
    twin.move("layer_4", "aws");
    ForegroundTwin up = ForegroundTwin.start(folder, "twin", "--no-watch");
    twin.sendAndAwait(3);
    assertThat(shown()).isEqualTo("2");

    twin.move("layer_4", "azure");
    assertThat(twin.run("deploy", "twin", "--yes").err()).contains("L4, phase ");

    assertThat(shown()).as("from the history, since the old service keeps none").isEqualTo("2");
    assertThat(twin.functions()).contains("hall-twin-updater azure");
    twin.sendAndAwait(1);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(shown()).isEqualTo("3"));

    twin.move("layer_4", "google");
    twin.meanwhile(() -> twin.run("deploy", "twin", "--yes"));

    String last = Integer.toString(twin.sent().get() - 1);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(shown()).isEqualTo(last));
    assertThat(twin.functions())
        .contains("hall-twin-updater google")
        .doesNotContain("hall-twin-updater azure");
    assertThat(twin.change()).isEqualTo(JsonObject.EMPTY);
    assertThat(twin.stores("L4")).containsExactly("google current");
    assertThat(twin.functions()).noneMatch(function -> function.contains("twin-copier"));
    up.destroy();
  }

  @Test
  @DisplayName("layer 4 moves to the cloud of the hot store, whose newest measurements it shows")
  void theNewGraphIsBesideTheStoreThatHasItsValues() throws Exception {
    showS1();
    twin.move("layer_4", "aws");
    ForegroundTwin up = ForegroundTwin.start(folder, "twin", "--no-watch");
    twin.sendAndAwait(3);

    twin.move("layer_4", "google");
    twin.run("deploy", "twin", "--yes");

    assertThat(shown()).isEqualTo("2");
    assertThat(twin.stores("L4")).containsExactly("google current");
    up.destroy();
  }
}
