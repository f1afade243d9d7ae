package io.twinloom.functions.iot;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.Map;

/** Hands a measurement to the ingestion of another cloud. */
public final class Connector implements FunctionBody {

  private final Settings settings;
  private final Ports ports;
  private final Sending sending;

  @FunctionalInterface
  private interface Sending {
    void send(Envelope envelope);
  }

  /**
   * @param processor what is invoked instead, where layer 2 turns out to be on this cloud
   */
  public record Settings(Route route, String processor) {
    private static final RemoteRouteSetting INGESTION =
        new RemoteRouteSetting("INGESTION", Layer.L1, Layer.L2);

    /** Reads {@code REMOTE_INGESTION_URL} (required) and {@code REMOTE_INGESTION_TOKEN}. */
    public static Settings of(Environment environment, TwinInfo twin) {
      environment.required(INGESTION.urlVariable());
      return new Settings(
          INGESTION.route(environment, twin, List.of()), twin.twin() + "-processor");
    }
  }

  public Connector(String name, Settings settings, Ports ports) {
    this.settings = settings;
    this.ports = ports;
    this.sending =
        switch (settings.route()) {
          case Route.Remote remote -> posting(new RemoteSender(remote, ports));
          case Route.Local local -> {
            ports.log().note(Level.WARN, name, "", local.warning(), Map.of());
            yield e -> ports.invoker().invokeLater(this.settings.processor(), e.toJson());
          }
        };
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(event, "L2", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    envelope.payload().text("device_id").ifPresent(invocation::device);
    try {
      sending.send(
          envelope.sentOn(ports.cloud().connectionId(), "L2", envelope.payload(), ports.clock()));
    } catch (RemoteException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      invocation.giveUp(ports.deadLetters(), event, e, e.attempts());
    }
    return JsonObject.EMPTY;
  }

  private static Sending posting(RemoteSender sender) {
    return e -> sender.post(Json.bytes(e.toJson()), e.traceId(), e.idempotencyKey());
  }
}
