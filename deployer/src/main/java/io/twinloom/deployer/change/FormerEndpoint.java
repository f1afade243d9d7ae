package io.twinloom.deployer.change;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The device endpoint of a former cloud that an order is to end: refused where devices have used it
 * lately.
 *
 * @param since what was before it does not count
 */
public record FormerEndpoint(Provider cloud, Instant since) {

  private static final Duration LATELY = Duration.ofDays(7);
  private static final int NAMED = 10;

  /**
   * The one that an order ends; empty where it ends none, or is to end it whether it is used or
   * not.
   */
  public static Optional<FormerEndpoint> endedBy(ChangeOrder order, Legs legs, Instant now) {
    boolean asked = order.tier().equals(Optional.of(Layer.L1)) && !order.anyway();
    return legs.of(Layer.L1).read().stream()
        .filter(cloud -> asked)
        .findFirst()
        .map(cloud -> new FormerEndpoint(cloud, now.minus(LATELY)));
  }

  /**
   * Refuses to end it where devices were seen there lately.
   *
   * @param lastSeen when each of the devices was last seen there
   * @throws TwinloomException if any was
   */
  public void refuseUsedBy(Map<String, Instant> lastSeen) {
    List<String> lately =
        new TreeMap<>(lastSeen)
            .entrySet().stream()
                .filter(seen -> seen.getValue().isAfter(since))
                .map(Map.Entry::getKey)
                .toList();
    if (!lately.isEmpty()) {
      String more = lately.size() > NAMED ? " and " + (lately.size() - NAMED) + " more" : "";
      throw inUse(
          Count.of(lately.size(), "device has", "devices have"),
          ": " + String.join(", ", lately.subList(0, Math.min(lately.size(), NAMED))) + more);
    }
  }

  /**
   * Refuses to end it where its functions were given anything lately.
   *
   * @param last when they last were, ISO 8601; empty where they were not
   * @throws TwinloomException if they were
   */
  public void refuseUsedAt(Optional<String> last) {
    if (last.isPresent()) {
      throw inUse("Devices have", ", last at " + last.get());
    }
  }

  private TwinloomException inUse(String devices, String which) {
    return new TwinloomException(
        ChangeError.LAYER_IN_USE,
        devices + " used the former endpoint on " + cloud.id() + " within seven days" + which + ".",
        Layer.L1.configKey(),
        ChangeError.LAYER_IN_USE.fix());
  }
}
