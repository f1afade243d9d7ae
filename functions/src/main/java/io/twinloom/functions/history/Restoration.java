package io.twinloom.functions.history;

import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.tier.ChunkKey;
import java.util.ArrayList;
import java.util.List;

/** Asks an archive for the chunks of a range. The deployer's right, no function's. */
public final class Restoration {

  private Restoration() {}

  /**
   * What was asked for.
   *
   * @param readable how many chunks of the range could be read already
   * @param pending those that could not, with when each was asked for
   */
  public record Asked(int readable, List<Pending> pending) {
    public Asked {
      pending = List.copyOf(pending);
    }
  }

  /**
   * Asks for every chunk of a device that a range of time touches and that cannot be read; asking
   * again does nothing.
   *
   * @param start inclusive, in stored form
   * @param end inclusive
   */
  public static Asked of(ObjectStore archive, String device, String start, String end) {
    ChunkTier tier = new ChunkTier(archive);
    List<Pending> pending = new ArrayList<>();
    int readable = 0;
    for (ChunkKey key : tier.touched(device, start, end, Order.ASCENDING)) {
      if (tier.pending(key.text()).isEmpty()) {
        readable++;
        continue;
      }
      archive.restore(key.text());
      tier.pending(key.text()).ifPresent(pending::add);
    }
    return new Asked(readable, pending);
  }
}
