package io.twinloom.functions.hot;

import io.twinloom.functions.hot.HotRecorder.Measured;
import io.twinloom.functions.hot.HotRecorder.Recorded;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.BatchFunction;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.pipeline.PropertyCheck;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.BodyLimits;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The only endpoint through which another cloud writes into the hot store: its token allows writing
 * measurements, and nothing else.
 */
public final class HotWriter implements BatchFunction {

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
  public List<Outcome> run(List<Item> items) {
    Outcome[] outcomes = new Outcome[items.size()];
    List<Measured> measured = new ArrayList<>(items.size());
    List<Integer> places = new ArrayList<>(items.size());
    for (int i = 0; i < outcomes.length; i++) {
      try {
        measured.add(checked(items.get(i)));
        places.add(i);
      } catch (RuntimeException e) {
        outcomes[i] = items.get(i).invocation().failure(e);
      }
    }
    List<Recorded> recorded = recorder.recordAll(measured);
    for (int i = 0; i < recorded.size(); i++) {
      outcomes[places.get(i)] = outcome(recorded.get(i), measured.get(i).measurement().device());
    }
    return Arrays.asList(outcomes);
  }

  private Measured checked(Item item) {
    Normalized normal = normalizer.normalize(item.envelope().payload(), "", Optional.empty());
    BodyLimits.checkEvent(normal.message());
    properties.check(normal.device(), normal.message(), item.invocation());
    String eventId = item.envelope().eventId().orElseGet(() -> EventId.ofItem(normal.message()));
    return new Measured(normal, eventId, item.invocation());
  }

  private static Outcome outcome(Recorded recorded, String device) {
    return switch (recorded) {
      case Recorded.Failed failed -> Failures.outcome(failed.why());
      case Recorded.Stored stored ->
          Done.answering(
              JsonObject.builder()
                  .put("status", "Success")
                  .put("id", HotRecorder.id(device, stored.timestamp()))
                  .build());
    };
  }
}
