package io.twinloom.deployer.change;

import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.codec.ProgressJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.Optional;

/**
 * The functions of a twin that work for a change: they are asked to run, and answer how far they
 * are. Data goes from cloud to cloud by them alone.
 *
 * @param topology of the phase
 */
public record PhaseFunctions(Topology topology, Caller caller) {

  /** Calls a function and returns its answer. */
  @FunctionalInterface
  public interface Caller {
    /**
     * @throws io.twinloom.model.TwinloomException if it cannot be called, or fails
     */
    JsonObject call(DeployedFunction function, JsonObject event);
  }

  private static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();
  private static final JsonObject STATUS = JsonObject.builder().put("status", true).build();
  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  /**
   * Has the suspended movers carry out the plans that are open: what they have begun would be done
   * twice otherwise.
   *
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if a mover does not say whether it has one
   */
  public PhaseOutcome idleMovers() {
    for (FunctionKind kind : topology.placement().legs().suspended()) {
      for (DeployedFunction mover : topology.functions(kind)) {
        JsonObject answer = caller.call(mover, CONTINUE);
        // The mover itself knows all its plans; one that is not suspended does not say.
        if (!(answer.get("open_plan") instanceof JsonBoolean open)) {
          throw unknown(mover, answer);
        }
        if (open == JsonBoolean.TRUE) {
          return new PhaseOutcome.Waiting(
              mover.name() + " on " + mover.cloud().id() + " has not moved all that it planned");
        }
      }
    }
    return DONE;
  }

  /**
   * Runs what copies a store, or a twin's newest values, once; done where nothing is to be copied,
   * since a twin service keeps no values.
   *
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if it does not say how far it is
   */
  public PhaseOutcome copy(Change change) {
    return copied(change, false);
  }

  /**
   * Runs what compares the stores once; what is found missing is copied by the next runs. A twin's
   * newest values are sent once more.
   *
   * @return done once all was found
   * @throws TwinloomException {@code TL-CHANGE-ANSWER} if it does not say how far it is
   */
  public PhaseOutcome verify(Change change) {
    return copied(change, true);
  }

  private PhaseOutcome copied(Change change, boolean compares) {
    boolean ofTwin = change.phase().layer() == Layer.L4;
    if (ofTwin && topology.functions(FunctionKind.TWIN_COPIER).isEmpty()) {
      checkKeepsNone(change);
      return DONE;
    }
    DeployedFunction copier =
        topology
            .functions(ofTwin ? FunctionKind.TWIN_COPIER : FunctionKind.STORE_COPIER)
            .getFirst();
    JsonObject.Builder order = JsonObject.builder().put("copy", name(change));
    if (compares && !state(copier, caller.call(copier, STATUS)).equals("different")) {
      order.put("verify", true);
    }
    JsonObject answer = caller.call(copier, order.build());
    String state = state(copier, answer);
    if (answer.get("busy") == JsonBoolean.TRUE) {
      return new PhaseOutcome.Waiting("another run of " + copier.name() + " is in progress");
    }
    if (state.equals("verified") || !compares && state.equals("copied")) {
      return DONE;
    }
    ChangeProgress progress = ProgressJson.read(answer);
    return answer
        .text("open")
        .<PhaseOutcome>map(why -> new PhaseOutcome.Waiting(why, Optional.of(progress)))
        .orElseGet(() -> new PhaseOutcome.Further(progress.text(), progress));
  }

  /** Nothing copies values only where the service that the twin moves to keeps none. */
  private static void checkKeepsNone(Change change) {
    Optional<Provider> to = change.phases().getLast().layout().placement().l4();
    if (to.filter(cloud -> cloud.conventions().twinService() == TwinService.PUSHED).isPresent()) {
      throw new TwinloomException(
          ChangeError.CHANGE_OPEN,
          "The change was begun by a version of Twinloom that copied layer 4's values otherwise.",
          Layer.L4.configKey(),
          "Take it back with 'twinloom deploy PROJECT --cancel' (with --target cloud for a twin on"
              + " clouds), and deploy again.");
    }
  }

  /** Another tier of the same change is another copy, and so is one after it was taken back. */
  private static String name(Change change) {
    return change.id() + "-" + change.phase().layer().name();
  }

  private static String state(DeployedFunction copier, JsonObject answer) {
    return answer.text("state").orElseThrow(() -> unknown(copier, answer));
  }

  private static TwinloomException unknown(DeployedFunction function, JsonObject answer) {
    return new TwinloomException(
        ChangeError.CHANGE_ANSWER,
        function.name() + " answered " + Json.text(answer) + ", which does not say how far it is.",
        function.name() + " on " + function.cloud().id());
  }
}
