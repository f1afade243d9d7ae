package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Waits until nothing waits any more for functions that are about to leave a cloud. One look is not
 * enough: a cloud counts its queues late, and a message may be on its way from one of them to the
 * next.
 */
final class CloudDrain {

  /** So many looks in turn find nothing, with a pause between each two. */
  static final int LOOKS = 4;

  private final Map<Provider, AccountOperations> clouds;
  private final Map<Provider, List<DeployedFunction>> leaving;
  private int empty;

  /**
   * @param leaving by the cloud that they leave
   */
  CloudDrain(
      Map<Provider, AccountOperations> clouds, Map<Provider, List<DeployedFunction>> leaving) {
    this.clouds = clouds;
    this.leaving = leaving;
  }

  /** Looks once. */
  PhaseOutcome look() {
    List<String> waiting = new ArrayList<>();
    leaving.forEach(
        (cloud, functions) ->
            on(cloud).waiting(functions).forEach(what -> waiting.add(what + " on " + cloud.id())));
    empty = waiting.isEmpty() ? empty + 1 : 0;
    if (empty == 0) {
      return new PhaseOutcome.Waiting(String.join(", ", waiting));
    }
    if (empty < LOOKS) {
      return new PhaseOutcome.Waiting(
          "nothing waits for what leaves; looked "
              + empty
              + " of "
              + LOOKS
              + " times, since queues are counted late");
    }
    // What the queues themselves have put aside is kept before they go.
    leaving.keySet().forEach(cloud -> on(cloud).deadLetters(0));
    return new PhaseOutcome.Done();
  }

  private AccountOperations on(Provider cloud) {
    AccountOperations operations = clouds.get(cloud);
    if (operations == null) {
      throw new IllegalStateException(cloud.id() + " has no account here");
    }
    return operations;
  }
}
