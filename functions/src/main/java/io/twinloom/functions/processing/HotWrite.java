package io.twinloom.functions.processing;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.hot.HotRecorder;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.time.Timestamps;

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
  static HotWrite along(Route route, Ports ports) {
    return switch (route) {
      case Route.Remote remote -> remote(new RemoteSender(remote, ports), ports);
      case Route.Local ignored -> local(ports);
    };
  }

  private static HotWrite local(Ports ports) {
    if (!ports.hotStore().isConfigured()) {
      throw ConfigurationError.noStore("persister", "hot store (or REMOTE_WRITER_URL)");
    }
    HotRecorder recorder = new HotRecorder(ports.hotStore());
    return (envelope, measurement, eventId, invocation) ->
        recorder.record(measurement, eventId, invocation);
  }

  private static HotWrite remote(RemoteSender writer, Ports ports) {
    String cloud = ports.cloud().connectionId();
    return (envelope, measurement, eventId, invocation) -> {
      Envelope sent =
          envelope
              .with(measurement.message(), eventId)
              .sentOn(cloud, "L3", measurement.message(), ports.clock());
      byte[] answer = writer.post(Json.bytes(sent.toJson()), sent.traceId(), sent.idempotencyKey());
      return HotRecorder.item(measurement, storedAt(answer, measurement), eventId);
    };
  }

  /** The writer may have moved the item on: the id that it answers tells. */
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
