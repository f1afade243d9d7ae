package io.twinloom.bench;

import io.twinloom.functions.hot.HotRecorder;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One cloud of a floor that does with each event what the contract fixes of it, once: reads the
 * device's message, gives it device, time and id, puts it into an envelope with a trace, reads what
 * crosses in the cloud that it crosses to, answers for each event, and keeps an item by device and
 * time. What waits goes together, as in {@link FloorEvents.Together}. No user code runs, nothing is
 * checked further, logged or counted, and nothing can fail.
 */
final class ContractEvents implements FloorEvents {

  private static final JsonObject SUCCESS =
      JsonObject.builder().put("status", "Success").put("invoked", "floor-processor").build();

  private record Published(String device, byte[] payload, CompletableFuture<Void> kept) {}

  /** An item as it is kept. */
  record Item(String device, String timestamp, String eventId, byte[] body) {}

  /** A measurement on its way. */
  private record Measured(JsonObject item, String trace) {

    /** Out of a device's message. */
    static Measured of(Published message) {
      JsonObject read = Json.parseObject(message.payload());
      JsonValue time = read.get("timestamp");
      return new Measured(
          read.toBuilder()
              .put("device_id", message.device())
              .put("timestamp", time == null ? "" : String.valueOf(Timestamps.read(time)))
              .build(),
          UUID.randomUUID().toString());
    }

    /** Out of an envelope. */
    static Measured of(JsonValue envelope) {
      JsonObject read = (JsonObject) envelope;
      return new Measured(
          read.object("payload").orElseThrow(), read.text("trace_id").orElseThrow());
    }

    private String text(String name) {
      return item.text(name).orElseThrow();
    }

    Measured identified() {
      return new Measured(
          item.toBuilder()
              .put("id", HotRecorder.id(text("device_id"), text("timestamp")))
              .put("event_id", EventId.of(item))
              .build(),
          trace);
    }

    JsonObject envelope(String now) {
      return JsonObject.builder()
          .put("source_cloud", "aws")
          .put("target_layer", "L3")
          .put("message_type", "telemetry")
          .put("timestamp", now)
          .put("payload", item)
          .put("trace_id", trace)
          .build();
    }

    Item kept() {
      return new Item(text("device_id"), text("timestamp"), text("event_id"), Json.bytes(item));
    }
  }

  private final FloorStore store;
  private final Optional<Next> next;
  private final boolean identifies;
  private final NaturalBatches<Published> arriving = new NaturalBatches<>(1, this::keep);
  private final NaturalBatches<Published> begun =
      new NaturalBatches<>(
          Together.RUNS, batch -> leave(batch.stream().map(Measured::of).toList()));
  private final NaturalBatches<Measured> crossed = new NaturalBatches<>(Together.RUNS, this::leave);

  /**
   * @param identifies whether events get their ids here
   */
  ContractEvents(FloorStore store, Optional<Next> next, boolean identifies) {
    this.store = store;
    this.next = next;
    this.identifies = identifies;
  }

  @Override
  public CompletableFuture<Void> published(String device, byte[] payload) {
    Published one = new Published(device, payload, new CompletableFuture<>());
    arriving.add(one);
    return one.kept();
  }

  private void keep(List<Published> batch) {
    store.keep(List.of(EventList.join(batch.stream().map(Published::payload).toList()))).join();
    batch.forEach(one -> one.kept().complete(null));
    begun.addAll(batch);
  }

  @Override
  public byte[] received(byte[] body) {
    List<Measured> all = new ArrayList<>();
    for (JsonValue envelope : elements(body, "events")) {
      all.add(Measured.of(envelope));
    }
    if (next.isPresent()) {
      store.keep(List.of(body)).join();
      crossed.addAll(all);
    } else {
      leave(all);
    }
    List<JsonValue> results = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      results.add(SUCCESS);
    }
    return Json.bytes(JsonObject.builder().put("results", new JsonArray(results)).build());
  }

  private void leave(List<Measured> batch) {
    List<Measured> all = identifies ? batch.stream().map(Measured::identified).toList() : batch;
    if (next.isEmpty()) {
      store.items(all.stream().map(Measured::kept).toList()).join();
      store.count(all.size());
      return;
    }
    String now = Timestamps.of(Instant.now());
    List<JsonValue> envelopes = new ArrayList<>(all.size());
    all.forEach(one -> envelopes.add(one.envelope(now)));
    byte[] answer =
        next.get()
            .post(Json.bytes(JsonObject.builder().put("events", new JsonArray(envelopes)).build()));
    if (elements(answer, "results").size() != all.size()) {
      throw new IllegalStateException("not every event was answered for");
    }
  }

  private static List<JsonValue> elements(byte[] json, String name) {
    return Json.parseObject(json).array(name).orElse(JsonArray.EMPTY).values();
  }
}
