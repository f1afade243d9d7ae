package io.twinloom.functions.iot;

import io.twinloom.functions.intercloud.Delivered;
import io.twinloom.functions.intercloud.EnvelopeSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.BatchFunction;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.model.Layer;
import java.util.List;
import java.util.function.Consumer;

/** Sends measurements to the ingestion of another cloud. */
public final class Connector implements BatchFunction {

  private final Settings settings;
  private final FunctionRuntime runtime;
  private final Sending sending;

  @FunctionalInterface
  private interface Sending {
    List<Outcome> send(List<Envelope> envelopes, Consumer<String> count);
  }

  /**
   * @param processor what is invoked instead, where layer 2 turns out to be on this cloud
   */
  public record Settings(Route route, String processor) {
    private static final RemoteRouteSetting INGESTION =
        new RemoteRouteSetting("INGESTION", Layer.L1, Layer.L2);

    /**
     * Reads {@code REMOTE_INGESTION_URL} and {@code REMOTE_INGESTION_TOKEN}; both are required,
     * unless layer 2 is on this cloud: a twin whose layer 2 moves has a connector there too.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      if (!INGESTION.staysOnOneCloud(twin)) {
        environment.required(INGESTION.urlVariable());
      }
      return new Settings(
          INGESTION.route(environment, twin, List.of()), twin.twin() + "-processor");
    }
  }

  public Connector(Settings settings, RemoteSenders senders, FunctionRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    this.sending =
        switch (settings.route()) {
          case Route.Remote remote -> posting(senders.envelopesTo(remote));
          case Route.Local ignored -> (envelopes, count) -> passOn(envelopes);
        };
  }

  @Override
  public List<String> warnings() {
    return settings.route().warnings();
  }

  @Override
  public List<Outcome> run(List<Item> items) {
    return sending.send(
        items.stream().map(item -> sent(item.envelope())).toList(),
        items.getFirst().invocation()::count);
  }

  private Envelope sent(Envelope envelope) {
    return envelope.sentOn(runtime.sourceCloud(), "L2", envelope.payload(), runtime.clock());
  }

  private List<Outcome> passOn(List<Envelope> envelopes) {
    return envelopes.stream()
        .<Outcome>map(e -> Done.handing(Handed.to(settings.processor(), e.toJson())))
        .toList();
  }

  private static Sending posting(EnvelopeSender sender) {
    return (envelopes, count) ->
        sender.post(envelopes, count).stream().map(Connector::outcome).toList();
  }

  private static Outcome outcome(Delivered delivered) {
    return switch (delivered) {
      case Delivered.Taken ignored -> Done.NOTHING;
      case Delivered.NotTaken not -> Failures.outcome(not.why());
    };
  }
}
