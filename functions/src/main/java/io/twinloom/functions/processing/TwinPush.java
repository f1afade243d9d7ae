package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import java.util.Optional;

/**
 * The persister's way to a twin service that is pushed to, on this cloud or on another one. An
 * update that a twin on another cloud does not take now is deferred: the persister invokes itself
 * with it, as an event of its own, so that the measurement is neither stored nor checked again.
 */
final class TwinPush {

  private static final String LAYER = "L4";

  private final Optional<RemoteSender> remote;
  private final Optional<String> updater;
  private final FunctionRuntime runtime;

  TwinPush(Persister.Settings settings, RemoteSenders senders, FunctionRuntime runtime) {
    this.remote =
        settings.twin() instanceof Route.Remote route
            ? Optional.of(senders.to(route))
            : Optional.empty();
    this.updater = settings.twinUpdater();
    this.runtime = runtime;
  }

  /**
   * Whether an envelope is a deferred update. The processor names layer 2 in all that it passes on,
   * so that nothing from outside is taken for one.
   */
  static boolean isDeferred(Envelope envelope) {
    return envelope.messageType().equals(Envelope.TWIN_UPDATE)
        && envelope.targetLayer().equals(LAYER);
  }

  /** Invokes the updater of this cloud with a stored measurement, if there is one. */
  void invokeUpdater(Envelope stored, Invocation invocation) {
    updater.ifPresent(name -> invocation.invokeLater(name, update(stored).toJson()));
  }

  /** Posts a stored measurement to a twin on another cloud, if there is one, or defers that. */
  void post(Envelope stored, Invocation invocation) {
    if (remote.isEmpty()) {
      return;
    }
    Envelope update = update(stored);
    try {
      post(remote.get(), update);
    } catch (RemoteException e) {
      if (e.isRefusal()) {
        invocation.deadLetter(update.toJson(), e, e.attempts());
      } else {
        invocation.count("twin-update-left");
        invocation.invokeLater(invocation.function(), update.toJson());
      }
    }
  }

  /**
   * Sends a deferred update to the twin, wherever that is by now.
   *
   * @throws RemoteException if the twin does not take it
   */
  void retry(Envelope deferred, Invocation invocation) {
    invokeUpdater(deferred, invocation);
    remote.ifPresent(twin -> post(twin, update(deferred)));
  }

  private static void post(RemoteSender twin, Envelope update) {
    var unused = twin.post(update);
  }

  private Envelope update(Envelope stored) {
    return stored
        .ofType(Envelope.TWIN_UPDATE)
        .sentOn(runtime.sourceCloud(), LAYER, stored.payload(), runtime.clock());
  }
}
