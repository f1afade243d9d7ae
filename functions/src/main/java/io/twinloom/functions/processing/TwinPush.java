package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.Delivered;
import io.twinloom.functions.intercloud.EnvelopeSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The persister's way to a twin service that is pushed to, on this cloud or on another one. What
 * goes to another cloud the persister passes on to itself, as an event of its own: so rules do not
 * wait for a twin, and a twin that cannot be reached has the measurement neither stored nor checked
 * again.
 */
final class TwinPush {

  private static final String LAYER = "L4";

  private final Optional<EnvelopeSender> remote;
  private final Optional<String> updater;
  private final FunctionRuntime runtime;

  TwinPush(Persister.Settings settings, RemoteSenders senders, FunctionRuntime runtime) {
    this.remote =
        settings.twin() instanceof Route.Remote route
            ? Optional.of(senders.envelopesTo(route))
            : Optional.empty();
    this.updater = settings.twinUpdater();
    this.runtime = runtime;
  }

  /**
   * Whether an envelope is an update that the persister has passed on to itself. The processor
   * names layer 2 in all that it passes on, so that nothing from outside is taken for one.
   */
  static boolean isUpdate(Envelope envelope) {
    return envelope.messageType().equals(Envelope.TWIN_UPDATE)
        && envelope.targetLayer().equals(LAYER);
  }

  /** What has a twin on this cloud updated with a stored measurement, if there is one. */
  Optional<Handed> here(Envelope stored) {
    return updater.map(name -> Handed.to(name, update(stored).toJson()));
  }

  /**
   * The same for a twin on another cloud.
   *
   * @param self the persister
   */
  Optional<Handed> elsewhere(Envelope stored, String self) {
    return remote.map(twin -> Handed.to(self, update(stored).toJson()));
  }

  /** Brings updates to the twin, wherever that is by now; says what became of each, in order. */
  List<Outcome> send(List<Envelope> updates, Consumer<String> count) {
    if (remote.isEmpty()) {
      return updates.stream().map(this::toUpdater).toList();
    }
    List<Delivered> delivered =
        remote.get().post(updates.stream().map(this::update).toList(), count);
    return delivered.stream().map(TwinPush::outcome).toList();
  }

  private Outcome toUpdater(Envelope update) {
    return updater
        .<Outcome>map(name -> Done.handing(Handed.to(name, update(update).toJson())))
        .orElse(Done.NOTHING);
  }

  private static Outcome outcome(Delivered delivered) {
    return switch (delivered) {
      case Delivered.Taken ignored -> Done.NOTHING;
      case Delivered.NotTaken not -> Failures.outcome(not.why());
    };
  }

  private Envelope update(Envelope stored) {
    return stored
        .ofType(Envelope.TWIN_UPDATE)
        .sentOn(runtime.sourceCloud(), LAYER, stored.payload(), runtime.clock());
  }
}
