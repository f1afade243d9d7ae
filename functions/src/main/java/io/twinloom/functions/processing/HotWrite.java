package io.twinloom.functions.processing;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.hot.HotRecorder;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.time.Timestamps;
import java.util.Optional;

/** The persister's way into the hot store, wherever that is. */
@FunctionalInterface
interface HotWrite {

  /**
   * Stores a measurement; returns the item as it is stored.
   *
   * @throws io.twinloom.functions.intercloud.RemoteException if the remote writer did not take it
   */
  HotItem store(Envelope envelope, Normalized measurement, String eventId, Invocation invocation);

  /** The way that the settings say. */
  static HotWrite along(
      Route route, Optional<HotStore> hotStore, RemoteSenders senders, FunctionRuntime runtime) {
    return switch (route) {
      case Route.Remote remote -> remote(senders.to(remote), runtime);
      case Route.Local ignored ->
          local(
              hotStore.orElseThrow(
                  () ->
                      ConfigurationError.noStore("persister", "hot store (or REMOTE_WRITER_URL)")));
    };
  }

  private static HotWrite local(HotStore hotStore) {
    HotRecorder recorder = new HotRecorder(hotStore);
    return (envelope, measurement, eventId, invocation) ->
        recorder.record(measurement, eventId, invocation);
  }

  private static HotWrite remote(RemoteSender writer, FunctionRuntime runtime) {
    String cloud = runtime.sourceCloud();
    return (envelope, measurement, eventId, invocation) -> {
      Envelope sent =
          envelope
              .with(measurement.message(), eventId)
              .sentOn(cloud, "L3", measurement.message(), runtime.clock());
      byte[] answer = writer.post(sent);
      return HotRecorder.item(measurement, storedAt(answer, measurement), eventId);
    };
  }

  /** The writer may have moved the item on, as the id in its answer shows. */
  private static String storedAt(byte[] answer, Normalized measurement) {
    try {
      String prefix = HotRecorder.id(measurement.device(), "");
      if (Json.parse(answer) instanceof JsonObject object) {
        String id = object.text("id").orElse("");
        String timestamp = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        return Timestamps.isStored(timestamp) ? timestamp : measurement.timestamp();
      }
    } catch (JsonSyntaxException e) {
      // Another implementation's writer may answer a success in other words.
      return measurement.timestamp();
    }
    return measurement.timestamp();
  }
}
