package io.twinloom.deployer.cloud;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.model.Names;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The dead letters of clouds that a change leaves without anything of the twin: they are data, and
 * go to the cloud that carries their function now. Those of functions that the twin has no more go
 * where layer 2 is. Each is kept there before it is forgotten here, so what is cut off is repeated.
 *
 * @param from the operations of the clouds before the change, {@code to} those after it
 */
record LeavingLetters(
    PreparedProject before,
    PreparedProject after,
    Map<Provider, ? extends CloudOperations> from,
    Map<Provider, ? extends CloudOperations> to) {

  private static final int PAGE = 1_000;

  /** The clouds that carry nothing of the twin any more. */
  static Set<Provider> clouds(PreparedProject before, PreparedProject after) {
    Set<Provider> leaving = new TreeSet<>(CloudTarget.cloudsOf(before.topology()));
    leaving.removeAll(CloudTarget.cloudsOf(after.topology()));
    return leaving;
  }

  /** What holds the dead letters of these clouds, as {@code CLOUD:NAME}. */
  static Set<String> holders(PreparedProject before, PreparedProject after) {
    return clouds(before, after).stream()
        .map(
            cloud ->
                cloud.id() + ":" + Names.bucket(cloud, before.topology().twin(), "dead-letters"))
        .collect(Collectors.toSet());
  }

  /**
   * Takes them along.
   *
   * @throws TwinloomException if a cloud cannot be asked, or cannot keep one: what is not kept
   *     elsewhere stays where it is
   */
  void move(Progress progress) {
    for (Provider cloud : clouds(before, after)) {
      CloudOperations source = from.get(cloud);
      if (source != null) {
        long moved = 0;
        for (List<DeadLetterEntry> page = oldest(source); !page.isEmpty(); page = oldest(source)) {
          page.forEach(letter -> move(source, letter));
          moved += page.size();
        }
        if (moved > 0) {
          progress.step(Count.of(moved, "dead letter") + " of " + cloud.id() + " taken along");
        }
      }
    }
  }

  private static List<DeadLetterEntry> oldest(CloudOperations cloud) {
    return cloud.deadLetters(PAGE).items();
  }

  private void move(CloudOperations source, DeadLetterEntry letter) {
    Optional<String> replayedBy = replayedBy(source, letter);
    Provider carrier =
        replayedBy
            .flatMap(after.topology()::function)
            .map(DeployedFunction::cloud)
            .orElse(after.topology().placement().l2());
    CloudOperations target = to.get(carrier);
    if (target == null) {
      throw new IllegalStateException(carrier.id() + " has no account here");
    }
    target.takeOver(letter, replayedBy);
    source.discard(letter.id());
  }

  private static Optional<String> replayedBy(CloudOperations source, DeadLetterEntry letter) {
    try {
      return source.replayable(letter.id()).map(CloudOperations.Replayable::function);
    } catch (TwinloomException e) {
      if (e.retryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
