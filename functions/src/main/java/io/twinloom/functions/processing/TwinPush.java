package io.twinloom.functions.processing;

import io.twinloom.functions.intercloud.Delivered;
import io.twinloom.functions.intercloud.EnvelopeSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Failures;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.telemetry.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What stands before the cloud of a further twin in the layer that an update is for. */
  private static final String FURTHER = LAYER + "-";

  private final Map<String, EnvelopeSender> remotes = new LinkedHashMap<>();
  private final Optional<String> updater;
  private final FunctionRuntime runtime;

  TwinPush(Persister.Settings settings, RemoteSenders senders, FunctionRuntime runtime) {
    if (settings.twin() instanceof Route.Remote route) {
      remotes.put(LAYER, senders.envelopesTo(route));
    }
    for (PreviousRoute further : settings.furtherTwins()) {
      if (further.route() instanceof Route.Remote route) {
        remotes.put(FURTHER + further.cloud(), senders.envelopesTo(route));
      }
    }
    this.updater = settings.twinUpdater();
    this.runtime = runtime;
  }

  /**
   * Whether an envelope is an update that the persister has passed on to itself. The processor
   * names layer 2 in all that it passes on, so that nothing from outside is taken for one.
   */
  static boolean isUpdate(Envelope envelope) {
    return envelope.messageType().equals(Envelope.TWIN_UPDATE)
        && (envelope.targetLayer().equals(LAYER) || isFurther(envelope));
  }

  private static boolean isFurther(Envelope update) {
    return update.targetLayer().startsWith(FURTHER);
  }

  /** Whether there is a twin to update at all. */
  boolean isNeeded() {
    return updater.isPresent() || !remotes.isEmpty();
  }

  /** What has a twin on this cloud updated with a stored measurement, if there is one. */
  Optional<Handed> here(Envelope stored) {
    return updater.map(name -> Handed.to(name, update(stored).toJson()));
  }

  /**
   * The same for twins on other clouds: one, or while layer 4 moves several, each with an update of
   * its own, so that none waits for another.
   *
   * @param self the persister
   */
  List<Handed> elsewhere(Envelope stored, String self) {
    return remotes.keySet().stream()
        .map(layer -> Handed.to(self, update(stored, layer).toJson()))
        .toList();
  }

  /** Brings updates to the twins, wherever those are by now; says what became of each, in order. */
  List<Outcome> send(List<Envelope> updates, Consumer<String> count) {
    Outcome[] outcomes = new Outcome[updates.size()];
    Map<String, List<Integer>> byTwin = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.length; i++) {
      Envelope update = updates.get(i);
      if (remotes.containsKey(update.targetLayer())) {
        byTwin.computeIfAbsent(update.targetLayer(), layer -> new ArrayList<>()).add(i);
      } else {
        // A further twin that is not there any more needs nothing.
        outcomes[i] = isFurther(update) ? Done.NOTHING : toUpdater(update);
      }
    }
    byTwin.forEach(
        (layer, places) -> {
          List<Envelope> sent = places.stream().map(i -> update(updates.get(i))).toList();
          List<Delivered> delivered = sender(layer).post(sent, count);
          for (int i = 0; i < places.size(); i++) {
            outcomes[places.get(i)] = outcome(delivered.get(i));
          }
        });
    return Arrays.asList(outcomes);
  }

  private EnvelopeSender sender(String layer) {
    EnvelopeSender sender = remotes.get(layer);
    if (sender == null) {
      throw new IllegalStateException(layer);
    }
    return sender;
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
    return update(stored, LAYER);
  }

  private Envelope update(Envelope stored, String layer) {
    return stored
        .ofType(Envelope.TWIN_UPDATE)
        .sentOn(runtime.sourceCloud(), layer, stored.payload(), runtime.clock());
  }
}
