package io.twinloom.functions.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryHotStore;
import io.twinloom.functions.fake.RecordingLog;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However events arrive, each is kept exactly once. */
class HotRecorderProperties {

  private static final String START = "2026-01-01T00:00:00.000000Z";

  @Property
  void whateverTheOrderAndHoweverOftenEachEventIsKeptOnce(
      @ForAll @IntRange(min = 1, max = 8) int events,
      @ForAll @IntRange(min = 1, max = 4) int deliveries,
      @ForAll @IntRange(min = 1, max = 3) int instants,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> arrivals = new ArrayList<>();
    for (int event = 0; event < events; event++) {
      for (int delivery = 0; delivery < deliveries; delivery++) {
        arrivals.add(event);
      }
    }
    Collections.shuffle(arrivals, random);
    MemoryHotStore store = new MemoryHotStore();
    HotRecorder recorder = new HotRecorder(store);
    Map<Integer, String> placed = new HashMap<>();

    for (int event : arrivals) {
      String at = timestamp(event % instants);
      HotItem item = record(recorder, "e" + event, at);
      String before = placed.put(event, item.timestamp());
      assertThat(before == null || before.equals(item.timestamp()))
          .as("a redelivery finds its own place again")
          .isTrue();
      assertThat(item.timestamp()).isGreaterThanOrEqualTo(at);
    }

    assertThat(store.all()).extracting(HotItem::eventId).doesNotHaveDuplicates().hasSize(events);
    assertThat(store.all())
        .allSatisfy(
            item -> {
              assertThat(item.body().text("id")).contains("d_" + item.timestamp());
              assertThat(item.body().text("timestamp")).contains(item.timestamp());
            });
  }

  @Property(tries = 20)
  void alsoWhenTheyArriveAtOnce(@ForAll @IntRange(min = 2, max = 6) int writers) throws Exception {
    MemoryHotStore store = new MemoryHotStore();
    HotRecorder recorder = new HotRecorder(store);
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String event = "e" + writer;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int delivery = 0; delivery < 5; delivery++) {
                  record(recorder, event, START);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.all()).extracting(HotItem::eventId).doesNotHaveDuplicates().hasSize(writers);
    assertThat(store.all().getLast().timestamp()).isEqualTo(timestamp(writers - 1));
  }

  private static HotItem record(HotRecorder recorder, String event, String timestamp) {
    JsonObject message =
        JsonObject.builder().put("device_id", "d").put("timestamp", timestamp).build();
    return recorder.record(
        new Normalized(message, "d", timestamp, true),
        event,
        new Invocation("f", new RecordingLog(), letter -> {}, false, ""));
  }

  private static String timestamp(int micros) {
    String timestamp = Timestamps.plusMicros(START, micros);
    assertThat(timestamp).isNotNull();
    return timestamp;
  }
}
