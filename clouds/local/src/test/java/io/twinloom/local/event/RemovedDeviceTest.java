package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalClouds.FunctionCounts;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.faults.FaultProxy.Fault;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device with code of its own is removed while measurements of it are on their way. */
class RemovedDeviceTest {

  private static final int EVENTS = 3;
  private static final String PROCESSOR = "events-gone-processor";

  @TempDir Path folder;

  private static ProjectBuilder without(Provider l2) {
    return ProjectBuilder.of("events").device("press", "t").on(Layer.L2, l2);
  }

  /** Its code says in the event that it ran. */
  private static ProjectBuilder with(Provider l2, String before) {
    return without(l2)
        .device("gone", "t")
        .pythonProcessor(
            "gone",
            """
            import os, time
            def process(event):
                %s
                event["ran"] = "the former code"
                return event
            """
                .formatted(before));
  }

  private static void measure(EventTwin twin) {
    for (int i = 0; i < EVENTS; i++) {
      twin.measure("gone", "{\"t\": " + i + ", \"ts\": \"2026-03-01T00:00:0" + i + "Z\"}");
    }
  }

  private static List<String> ran(EventTwin twin) {
    JsonValue answer =
        twin.clouds.call(
            "events-hot-reader",
            JsonObject.builder()
                .put("device_id", "gone")
                .put("start", "2026-03-01T00:00:00Z")
                .put("end", "2026-03-02T00:00:00Z")
                .build());
    return ((JsonObject) answer)
        .array("items").orElseThrow().values().stream()
            .map(item -> ((JsonObject) item).text("ran").orElse("not at all"))
            .toList();
  }

  private static void expectAllProcessed(EventTwin twin) {
    twin.awaitGone(PROCESSOR);
    assertThat(ran(twin)).hasSize(EVENTS).containsOnly("the former code");
  }

  @Test
  @DisplayName("a device with own code is removed while measurements of it wait for that code")
  void whatWaitsForTheCodeIsProcessedByIt() {
    try (EventTwin twin = EventTwin.start(folder, with(KnownClouds.AWS, "time.sleep(0.5)"))) {
      measure(twin);

      var unused = twin.become(without(KnownClouds.AWS));

      expectAllProcessed(twin);
    }
  }

  @Test
  @DisplayName("a device with own code is removed while measurements of it wait on another cloud")
  void whatComesFromAnotherCloudLaterIsProcessedByIt() {
    try (EventTwin twin = EventTwin.start(folder, with(KnownClouds.AZURE, "pass"))) {
      twin.proxy("aws_l1_to_azure_l2").set(Fault.UNAVAILABLE);
      measure(twin);
      await()
          .atMost(EventTwin.LONGEST)
          .until(() -> twin.proxy("aws_l1_to_azure_l2").requests() > 0);

      var unused = twin.become(without(KnownClouds.AZURE));

      expectAllProcessed(twin);
    }
  }

  @Test
  @DisplayName("a device with own code is removed while the twin is stopped and events wait for it")
  void whatWaitsOverAStartIsProcessedByIt() throws IOException {
    Path open = folder.resolve("open");
    ProjectBuilder failing =
        with(
            KnownClouds.AWS,
            "if not os.path.exists(\"" + open + "\"): raise ValueError(\"not yet\")");
    try (EventTwin twin = EventTwin.start(folder, failing, List.of(), EventTwin.MANY_RETRIES)) {
      measure(twin);
      await()
          .atMost(EventTwin.LONGEST)
          .until(() -> twin.count(PROCESSOR, FunctionCounts::errors) >= EVENTS);
    }
    Files.createFile(open);

    try (EventTwin twin =
        EventTwin.start(
            folder, without(KnownClouds.AWS), List.of(failing), EventTwin.MANY_RETRIES)) {
      expectAllProcessed(twin);
    }
  }
}
