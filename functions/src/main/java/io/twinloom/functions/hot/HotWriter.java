package io.twinloom.functions.hot;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.PropertyCheck;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.Optional;

/**
 * The only door through which another cloud writes into the hot store: who has its token can write
 * measurements, and nothing else.
 */
public final class HotWriter implements FunctionBody {

  private final Ports ports;
  private final Normalizer normalizer;
  private final PropertyCheck properties;
  private final HotRecorder recorder;

  /**
   * @throws ConfigurationError if the cloud has no hot store
   */
  public HotWriter(TwinInfo twin, Ports ports) {
    if (!ports.hotStore().isConfigured()) {
      throw ConfigurationError.noStore("hot-writer", "hot store");
    }
    this.ports = ports;
    this.normalizer = new Normalizer(twin::hasDevice);
    this.properties = new PropertyCheck(twin);
    this.recorder = new HotRecorder(ports.hotStore());
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(enveloped(event), "L3", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    BodyLimits.checkEvent(envelope.payload());
    Normalized normal = normalizer.normalize(envelope.payload(), "", Optional.empty());
    invocation.device(normal.device());
    properties.check(normal.device(), normal.message(), invocation);
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    HotItem stored = recorder.record(normal, eventId, invocation);
    return JsonObject.builder()
        .put("status", "Success")
        .put("id", HotRecorder.id(stored.device(), stored.timestamp()))
        .build();
  }

  /** An object without an object {@code payload} is an item by itself. */
  private static JsonObject enveloped(JsonObject event) {
    return event.object(Envelope.PAYLOAD).isPresent()
        ? event
        : JsonObject.builder().put(Envelope.PAYLOAD, event).build();
  }
}
