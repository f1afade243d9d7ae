package io.twinloom.functions.iot;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import java.util.List;

/** Sends a measurement to the ingestion of another cloud. */
public final class Connector implements EventBody {

  private final Settings settings;
  private final FunctionRuntime runtime;
  private final Sending sending;

  @FunctionalInterface
  private interface Sending {
    void send(Envelope envelope, Invocation invocation);
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

  public Connector(Settings settings, RemoteSenders senders, FunctionRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    this.sending =
        switch (settings.route()) {
          case Route.Remote remote -> posting(senders.to(remote));
          case Route.Local ignored ->
              (e, invocation) -> invocation.invokeLater(settings.processor(), e.toJson());
        };
  }

  @Override
  public List<String> warnings() {
    return settings.route().warnings();
  }

  @Override
  public JsonObject run(Envelope envelope, Invocation invocation) {
    sending.send(
        envelope.sentOn(runtime.sourceCloud(), "L2", envelope.payload(), runtime.clock()),
        invocation);
    return JsonObject.EMPTY;
  }

  private static Sending posting(RemoteSender sender) {
    return (e, invocation) -> sender.post(e);
  }
}
