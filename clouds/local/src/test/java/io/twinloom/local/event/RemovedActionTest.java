package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.local.LocalClouds.FunctionCounts;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovedActionTest {

  private static final int EVENTS = 4;

  @TempDir Path folder;

  private static ProjectBuilder press() {
    return ProjectBuilder.of("events").device("press", "t").feature("useEventChecking");
  }

  private static void measure(EventTwin twin) {
    for (int i = 0; i < EVENTS; i++) {
      twin.measure("press", "{\"t\": 1" + i + ".5}");
    }
  }

  /** With a rule whose action takes half a second. */
  private ProjectBuilder withRule() {
    return withRule(
        "import time\n"
            + EventTwin.noting(folder, "slow", "{}")
                .replace("    with open", "    time.sleep(0.5)\n    with open"));
  }

  private static ProjectBuilder withRule(String action) {
    return press()
        .rule(
            Json.parseObject(
                """
                    {"condition": "x.press.t > DOUBLE(10)",
                     "action": {"type": "function", "functionName": "slow"}}
                    """
                    .getBytes(StandardCharsets.UTF_8)))
        .file("event_actions/slow/process.py", action);
  }

  @Test
  @DisplayName("a rule and its action are removed while events wait for the action")
  void theActionRunsOnWhatWaitsForItAndGoesThen() {
    try (EventTwin twin = EventTwin.start(folder, withRule())) {
      measure(twin);
      await()
          .atMost(EventTwin.LONGEST)
          .until(() -> twin.count("events-event-checker", FunctionCounts::invocations) == EVENTS);

      var unused = twin.become(press());

      twin.awaitGone("events-slow");
      assertThat(twin.notes("slow")).hasSize(EVENTS);
      assertThat(twin.functions()).contains("events-processor");
    }
  }

  @Test
  @DisplayName("a rule and its action are removed while the twin is stopped and events wait for it")
  void theFormerActionRunsOnWhatWaitsForItAfterAStart() throws IOException {
    Path open = folder.resolve("open");
    ProjectBuilder failing =
        withRule(
            "import os\n"
                + EventTwin.noting(folder, "tried", "{}")
                    .replace(
                        "    return {}",
                        """
                        if not os.path.exists("%s"):
                            raise ValueError("not yet")
                        with open("%s", "a") as notes:
                            notes.write(json.dumps(event) + "\\n")
                        return {}
                        """
                            .formatted(open, folder.resolve("late.notes"))
                            .indent(4)
                            .stripTrailing()));
    try (EventTwin twin = EventTwin.start(folder, failing, List.of(), EventTwin.MANY_RETRIES)) {
      measure(twin);
      await()
          .atMost(EventTwin.LONGEST)
          .until(() -> twin.notes("tried").stream().distinct().count() == EVENTS);
    }
    Files.createFile(open);

    try (EventTwin twin =
        EventTwin.start(folder, press(), List.of(failing), EventTwin.MANY_RETRIES)) {
      twin.awaitGone("events-slow");
      assertThat(twin.notes("late").stream().distinct()).hasSize(EVENTS);
      assertThat(twin.clouds.hasFormerFunctions()).isFalse();
    }
  }
}
