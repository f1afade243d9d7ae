package io.twinloom.functions.processing;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.hot.HotRecorder;
import io.twinloom.functions.hot.HotRecorder.Measured;
import io.twinloom.functions.hot.HotRecorder.Recorded;
import io.twinloom.functions.intercloud.Delivered;
import io.twinloom.functions.intercloud.EnvelopeSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The persister's way into the hot store, wherever that is. */
@FunctionalInterface
interface HotWrite {

  /** A measurement, and the event that it came as. */
  record Incoming(Envelope envelope, Measured measured) {}

  /** Stores measurements; says what became of each, in order. */
  List<Recorded> store(List<Incoming> measurements);

  /** The way that the settings say. */
  static HotWrite along(
      Route route, Optional<HotStore> hotStore, RemoteSenders senders, FunctionRuntime runtime) {
    return switch (route) {
      case Route.Remote remote -> remote(senders.envelopesTo(remote), runtime);
      case Route.Local ignored ->
          local(
              hotStore.orElseThrow(
                  () ->
                      ConfigurationError.noStore("persister", "hot store (or REMOTE_WRITER_URL)")));
    };
  }

  private static HotWrite local(HotStore hotStore) {
    HotRecorder recorder = new HotRecorder(hotStore);
    return measurements ->
        recorder.recordAll(measurements.stream().map(Incoming::measured).toList());
  }

  private static HotWrite remote(EnvelopeSender writer, FunctionRuntime runtime) {
    return measurements -> {
      List<Envelope> sent = measurements.stream().map(m -> sent(m, runtime)).toList();
      List<Delivered> delivered =
          writer.post(sent, measurements.getFirst().measured().invocation()::count);
      List<Recorded> recorded = new ArrayList<>(delivered.size());
      for (int i = 0; i < delivered.size(); i++) {
        recorded.add(recorded(delivered.get(i), measurements.get(i).measured()));
      }
      return recorded;
    };
  }

  private static Envelope sent(Incoming incoming, FunctionRuntime runtime) {
    JsonObject message = incoming.measured().measurement().message();
    return incoming
        .envelope()
        .with(message, incoming.measured().eventId())
        .sentOn(runtime.sourceCloud(), "L3", message, runtime.clock());
  }

  private static Recorded recorded(Delivered delivered, Measured measured) {
    return switch (delivered) {
      case Delivered.NotTaken not -> new Recorded.Failed(not.why());
      case Delivered.Taken taken -> {
        Normalized measurement = measured.measurement();
        String timestamp = storedAt(taken.answer(), measurement);
        yield new Recorded.Stored(
            timestamp, () -> HotRecorder.item(measurement, timestamp, measured.eventId()));
      }
    };
  }

  /** The writer may have moved the item on, as the id in its answer shows, if it has one. */
  private static String storedAt(JsonObject answer, Normalized measurement) {
    String prefix = HotRecorder.id(measurement.device(), "");
    String id = answer.text("id").orElse("");
    String timestamp = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return Timestamps.isStored(timestamp) ? timestamp : measurement.timestamp();
  }
}
