package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.store.SqliteDeadLetters.Kept;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.faults.FaultProxy;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A twin service that is away: rules fire once for each measurement, and it has the values in the
 * end.
 */
@Tag("full")
class TwinOutageTest {

  private static final String TWIN = "aws_l2_to_azure_l4";

  /** The first request of an attempt and its three repetitions. */
  private static final int REQUESTS_OF_AN_ATTEMPT = 4;

  /** {@link EventTwin} waits once only before an event becomes a dead letter. */
  private static final int ATTEMPTS = 2;

  @TempDir static Path folder;
  private static EventTwin twin;

  @BeforeAll
  static void start() {
    twin =
        EventTwin.start(
            folder,
            ProjectBuilder.of("events")
                .on(Layer.L4, KnownClouds.AZURE)
                .device("press", "t")
                .feature("useEventChecking")
                .rule(
                    Json.parseObject(
                        """
                        {"condition": "press.press.t > DOUBLE(10)",
                         "action": {"type": "function", "functionName": "alarm"}}
                        """
                            .getBytes(StandardCharsets.UTF_8)))
                .file("event_actions/alarm/process.py", EventTwin.noting(folder, "alarm", "{}")));
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  @Test
  void theRuleFiresOnceWhileTheTwinIsAwayAndTheTwinHasTheValueAfterAReplayThatFiresNothing() {
    twin.proxy(TWIN).set(FaultProxy.Fault.FAILED);
    twin.measure("press", "{\"t\": 11}");
    await().until(() -> twin.clouds.deadLetters() == 1);
    // The persister's own run is the first attempt of what it passes on. A 500 is of the event: it
    // counts. They are too few requests to open the circuit.
    assertThat(twin.proxy(TWIN).requests()).isEqualTo(ATTEMPTS * REQUESTS_OF_AN_ATTEMPT);
    LocalCloud cloud =
        twin.clouds.byProvider().values().stream()
            .filter(c -> c.deadLetters().count() == 1)
            .findFirst()
            .orElseThrow();
    Kept letter = cloud.deadLetters().list(0, 1).getFirst();
    assertThat(letter.letter().function()).isEqualTo("events-persister");
    assertThat(letter.letter().attempts()).isEqualTo(ATTEMPTS);
    assertThat(letter.letter().error()).contains("answered 500");
    twin.proxy(TWIN).set(FaultProxy.Fault.NONE);
    cloud.invokeLater(letter.letter().function(), (JsonObject) letter.letter().event());
    assertThat(cloud.deadLetters().remove(List.of(letter.id()))).isEqualTo(1);
    awaitValue("11");

    await().until(() -> twin.clouds.backlog() == 0);
    assertThat(twin.notes("alarm")).hasSize(1);
    assertThat(twin.clouds.deadLetters()).isZero();
  }

  private static void awaitValue(String value) {
    JsonObject request =
        JsonObject.builder().put("entityId", "press").put("componentName", "press").build();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        twin.clouds
                            .twinService()
                            .orElseThrow()
                            .answer(TwinOperation.GET_PROPERTY_VALUE, request)
                            .toString())
                    .contains("Value\":" + value + "}"));
  }
}
