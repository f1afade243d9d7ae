package io.twinloom.functions.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryHotStore;
import io.twinloom.functions.fake.RecordingLog;
import io.twinloom.functions.hot.HotRecorder.Measured;
import io.twinloom.functions.hot.HotRecorder.Recorded;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotRecorderBatchTest {

  private static final String START = "2026-01-01T00:00:00.000000Z";

  private final MemoryHotStore store = new MemoryHotStore();
  private final HotRecorder recorder = new HotRecorder(store);

  @Test
  void aHundredMeasurementsAreOneWrite() {
    assertThat(recorder.recordAll(hundred()))
        .hasSize(100)
        .allMatch(Recorded.Stored.class::isInstance);
    assertThat(store.writes()).isEqualTo(1);
  }

  @Test
  void measurementsOfOneInstantMoveOnTogetherAndTheFirstKeepsThePlace() {
    List<Recorded> recorded =
        recorder.recordAll(
            List.of(at("a", START), at("b", START), at("c", START), at("d", micros(9))));
    assertThat(times(recorded)).containsExactly(START, micros(1), micros(2), micros(9));
    assertThat(store.writes()).isEqualTo(3);
  }

  @Test
  void anEventThatIsTwiceInABatchIsStoredOnce() {
    List<Recorded> recorded = recorder.recordAll(List.of(at("a", START), at("a", START)));
    assertThat(times(recorded)).containsExactly(START, START);
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void oneItemThatTheStoreCannotTakeFailsAloneAndItsNeighboursAreStored() {
    store.refuse(item -> item.eventId().equals("e42"));
    List<Recorded> recorded = recorder.recordAll(hundred());
    assertThat(store.all()).hasSize(99);
    assertThat(recorded.get(42)).isInstanceOf(Recorded.Failed.class);
    assertThat(recorded).filteredOn(Recorded.Stored.class::isInstance).hasSize(99);
  }

  @Test
  void aStoreThatIsDownIsNotAskedForEachItem() {
    store.breakDown();
    assertThat(recorder.recordAll(hundred()))
        .hasSize(100)
        .allMatch(Recorded.Failed.class::isInstance);
    assertThat(store.writes()).isLessThan(10);
  }

  @Test
  void whatTheStoreDoesNotTakeJustNowIsThrottledAndItsNeighboursAreStored() {
    store.throttle(item -> item.eventId().equals("e7"));
    List<Recorded> recorded = recorder.recordAll(hundred());
    assertThat(failure(recorded.get(7)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isUnavailable()).as("throttled").isTrue());
    assertThat(store.all()).hasSize(99);
  }

  @Test
  void aStoreThatThrottlesIsNotAskedForEachItemOfABatchThatHasFailed() {
    store.refuse(item -> item.eventId().equals("e0"));
    store.throttle(item -> !item.eventId().equals("e0"));
    List<Recorded> recorded = recorder.recordAll(hundred());
    assertThat(recorded.subList(1, 100))
        .allSatisfy(
            one ->
                assertThat(failure(one))
                    .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isUnavailable()).isTrue()));
    assertThat(store.writes()).isLessThan(10);
  }

  private static TwinloomException failure(Recorded recorded) {
    return ((Recorded.Failed) recorded).why();
  }

  private static List<String> times(List<Recorded> recorded) {
    List<String> times = new ArrayList<>();
    for (Recorded one : recorded) {
      HotItem item = ((Recorded.Stored) one).item();
      times.add(item.timestamp());
    }
    return times;
  }

  private static List<Measured> hundred() {
    return IntStream.range(0, 100).mapToObj(i -> at("e" + i, micros(i))).toList();
  }

  private static Measured at(String event, String timestamp) {
    JsonObject message =
        JsonObject.builder().put("device_id", "d").put("timestamp", timestamp).build();
    return new Measured(
        new Normalized(message, "d", timestamp, true),
        event,
        new Invocation("f", new RecordingLog(), letter -> {}, false, ""));
  }

  private static String micros(int micros) {
    String timestamp = Timestamps.plusMicros(START, micros);
    assertThat(timestamp).isNotNull();
    return timestamp;
  }
}
