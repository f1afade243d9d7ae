package io.twinloom.functions.processing;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.MessageMembers;
import io.twinloom.functions.pipeline.PropertyCheck;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Receives measurements from another cloud, and passes them to this one's processor. */
public final class Ingestion implements EventBody {

  private final Normalizer normalizer;
  private final PropertyCheck properties;
  private final MessageMembers members = new MessageMembers();
  private final String processor;

  public Ingestion(TwinInfo twin) {
    this.normalizer = new Normalizer(twin::hasDevice);
    this.properties = new PropertyCheck(twin);
    this.processor = twin.twin() + "-processor";
  }

  @Override
  public Done run(Envelope envelope, Invocation invocation) {
    JsonObject given = envelope.payload();
    Normalized normal =
        members.kept(
            given, normalizer.normalize(given, "", Optional.of(envelope.timestamp())), invocation);
    BodyLimits.checkEvent(normal.message());
    properties.check(normal.device(), normal.message(), invocation);
    String eventId = envelope.eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    return new Done(
        List.of(Handed.to(processor, envelope.with(normal.message(), eventId).toJson())),
        JsonObject.builder().put("status", "Success").put("invoked", processor).build());
  }

  @Override
  public boolean takesBatches() {
    return true;
  }

  @Override
  public boolean onlyPassesOn() {
    return true;
  }
}
