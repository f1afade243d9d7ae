package io.twinloom.functions.pipeline;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.RecordingLog.Line;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Endings;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run on several events: each ends by itself, and one line of the log speaks for all. */
class FunctionRunTest {

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final Twin twin = new Twin();

  @Test
  void eventsThatEndWellHaveOneLineWithTheirNumber() {
    persist(event(1, ""), event(2, ""), event(3, ""));
    assertThat(cloud.log.lines()).isEmpty();
    assertThat(cloud.log.batches())
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.function()).isEqualTo("plant-persister");
              assertThat(batch.traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
              assertThat(batch.endings()).isEqualTo(new Endings(3, 0, 0, 0));
            });
  }

  @Test
  void oneEventHasItsLineAndIsNoBatch() {
    persist(event(1, ""));
    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(cloud.log.batches()).isEmpty();
  }

  @Test
  void whatIsMarkedOrRefusedOrSaysSomethingHasALineOfItsOwnToo() {
    List<Outcome> outcomes =
        persist(
            event(1, ""),
            event(2, ", \"_verify\": \"v-1\""),
            object(
                "{\"payload\": {\"device_id\": \"nobody\"}, \"trace_id\": \"3f0e6c1e-0000-4000-8000-000000000003\"}"),
            event(4, ""));
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.GivenUp.class);
    assertThat(cloud.log.lines())
        .extracting(Line::traceId)
        .containsExactly(
            "3f0e6c1e-0000-4000-8000-000000000002", "3f0e6c1e-0000-4000-8000-000000000003");
    assertThat(cloud.log.batches().getFirst().endings()).isEqualTo(new Endings(3, 0, 0, 1));
    assertThat(cloud.deadLetters)
        .extracting(DeadLetter::traceId)
        .containsExactly("3f0e6c1e-0000-4000-8000-000000000003");
  }

  @Test
  void anEventOfASampledTraceHasALineOfItsOwnToo() {
    persist(event(1, ""), sampled(), event(2, ""));

    assertThat(cloud.log.lines())
        .extracting(Line::traceId)
        .containsExactly("3f0e6c1e-0000-4000-8000-000000000064");
    assertThat(cloud.log.batches().getFirst().endings()).isEqualTo(new Endings(3, 0, 0, 0));
  }

  private static JsonObject sampled() {
    return event(5, "").toBuilder().put("trace_id", "3f0e6c1e-0000-4000-8000-000000000064").build();
  }

  @Test
  void inDebugModeEachEventHasItsLine() {
    twin.mode("DEBUG");
    persist(event(1, ""), event(2, ""));
    assertThat(cloud.log.lines()).hasSize(2);
    assertThat(cloud.log.batches()).isEmpty();
  }

  @Test
  void anEventIsDoneOnlyWhenWhatItHandsOnIsTaken() {
    twin.processor("*", "plant-default");
    cloud.invoker.define("plant-default", event -> event);
    cloud.invoker.fails("plant-persister", Reason.UNAVAILABLE);
    List<Outcome> outcomes =
        cloud
            .function(
                FunctionKind.PROCESSOR, twin, Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))
            .invokeAll(List.of(event(1, ""), event(2, "")), cloud.invoker);
    assertThat(outcomes).allMatch(Outcome.PutOff.class::isInstance);
    assertThat(cloud.log.batches().getFirst().endings()).isEqualTo(new Endings(0, 0, 2, 0));
    assertThat(cloud.log.lines()).as("why they are put off is said once").hasSize(1);
    assertThat(cloud.log.messages(Level.ERROR)).hasSize(1);
  }

  @Test
  void whatUserCodeFailsWithIsOfItsOwnEvent() {
    twin.processor("*", "plant-default");
    cloud.invoker.define(
        "plant-default",
        event -> {
          if (event.text("note").isPresent()) {
            throw InvocationException.failed("bad", "f", "");
          }
          return event;
        });
    List<Outcome> outcomes =
        cloud
            .function(
                FunctionKind.PROCESSOR, twin, Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))
            .invokeAll(
                List.of(event(1, ""), event(2, ", \"note\": \"x\""), event(3, "")), cloud.invoker);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
    assertThat(cloud.invoker.later())
        .extracting(Later::event)
        .extracting(e -> e.text("trace_id").orElseThrow())
        .containsExactly(
            "3f0e6c1e-0000-4000-8000-000000000001", "3f0e6c1e-0000-4000-8000-000000000003");
  }

  private List<Outcome> persist(JsonObject... events) {
    return cloud
        .function(FunctionKind.PERSISTER, twin, Map.of())
        .invokeAll(new ArrayList<>(List.of(events)), cloud.invoker);
  }

  private static JsonObject event(int number, String more) {
    return object(
        """
        {"payload": {"device_id": "press-1", "timestamp": "2026-01-01T00:00:0%d.000000Z",
                     "temperature": 21.5%s}, "trace_id": "3f0e6c1e-0000-4000-8000-00000000000%d"}
        """
            .formatted(number, more, number));
  }
}
