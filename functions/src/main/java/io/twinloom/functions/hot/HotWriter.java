package io.twinloom.functions.hot;

import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.PropertyCheck;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.Optional;

/**
 * The only endpoint through which another cloud writes into the hot store: its token allows writing
 * measurements, and nothing else.
 */
public final class HotWriter implements EventBody {

  private final Normalizer normalizer;
  private final PropertyCheck properties;
  private final HotRecorder recorder;

  public HotWriter(TwinInfo twin, HotStore hotStore) {
    this.normalizer = new Normalizer(twin::hasDevice);
    this.properties = new PropertyCheck(twin);
    this.recorder = new HotRecorder(hotStore);
  }

  @Override
  public EnvelopeForm form() {
    return new EnvelopeForm("L3", Envelope.TELEMETRY, true, true);
  }

  @Override
  public JsonObject run(Envelope envelope, Invocation invocation) {
    Normalized normal = normalizer.normalize(envelope.payload(), "", Optional.empty());
    BodyLimits.checkEvent(normal.message());
    properties.check(normal.device(), normal.message(), invocation);
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    HotItem stored = recorder.record(normal, eventId, invocation);
    return JsonObject.builder()
        .put("status", "Success")
        .put("id", HotRecorder.id(stored.device(), stored.timestamp()))
        .build();
  }
}
