package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.Optional;

/**
 * The persister's way to a twin service that is pushed to, on this cloud or on another one. An
 * update that a twin on another cloud does not take now is an event of its own, which the persister
 * hands to itself: the measurement is stored and judged by then, and neither happens again.
 */
final class TwinPush {

  private static final String LAYER = "L4";

  private final String persister;
  private final Optional<RemoteSender> remote;
  private final Optional<String> updater;
  private final Ports ports;

  /**
   * @param persister the function that runs this, which is handed what is left to do
   */
  TwinPush(String persister, Persister.Settings settings, Ports ports) {
    this.persister = persister;
    this.remote =
        settings.twin() instanceof Route.Remote route
            ? Optional.of(new RemoteSender(route, ports))
            : Optional.empty();
    this.updater = settings.twinUpdater();
    this.ports = ports;
  }

  /**
   * Whether an envelope is an update that was left for later. The processor names layer 2 in all
   * that it hands on, so that nothing from outside passes for one.
   */
  static boolean isLeft(Envelope envelope) {
    return envelope.messageType().equals(Envelope.TWIN_UPDATE)
        && envelope.targetLayer().equals(LAYER);
  }

  /** Hands a stored measurement to the updater of this cloud, if there is one. */
  void handOver(Envelope stored) {
    updater.ifPresent(name -> ports.invoker().invokeLater(name, update(stored).toJson()));
  }

  /** Posts a stored measurement to a twin on another cloud, if there is one, or leaves it. */
  void post(Envelope stored, Invocation invocation) {
    if (remote.isEmpty()) {
      return;
    }
    Envelope update = update(stored);
    try {
      post(remote.get(), update);
    } catch (RemoteException e) {
      if (e.isRefusal()) {
        giveUp(update.toJson(), e, invocation);
      } else {
        invocation.count("twin-update-left");
        ports.invoker().invokeLater(persister, update.toJson());
      }
    }
  }

  /**
   * Brings an update that was left to the twin, wherever that is by now.
   *
   * @throws RemoteException if the twin cannot take it yet
   */
  void finish(JsonObject event, Envelope left, Invocation invocation) {
    handOver(left);
    if (remote.isEmpty()) {
      return;
    }
    try {
      post(remote.get(), update(left));
    } catch (RemoteException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      giveUp(event, e, invocation);
    }
  }

  private static void post(RemoteSender twin, Envelope update) {
    twin.post(Json.bytes(update.toJson()), update.traceId(), update.idempotencyKey());
  }

  private void giveUp(JsonObject update, RemoteException why, Invocation invocation) {
    invocation.giveUp(ports.deadLetters(), persister, update, why, why.attempts());
  }

  private Envelope update(Envelope stored) {
    return stored
        .ofType(Envelope.TWIN_UPDATE)
        .sentOn(ports.cloud().connectionId(), LAYER, stored.payload(), ports.clock());
  }
}
