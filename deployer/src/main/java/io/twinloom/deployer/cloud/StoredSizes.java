package io.twinloom.deployer.cloud;

import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.EnumMap;
import java.util.Map;

/** What follows from how much the tiers hold. */
final class StoredSizes {

  /** What is larger is left where it is, unless somebody wants it copied. */
  static final long COPIED_UP_TO = 1L << 30;

  /** What an item counts, where its cloud counts items alone. */
  private static final long ITEM_BYTES = 1 << 10;

  private StoredSizes() {}

  /** Whether a store holds nothing. */
  static boolean isEmpty(Map<Provider, AccountOperations> clouds, StoreId store) {
    AccountOperations cloud = clouds.get(store.cloud());
    return cloud != null && cloud.isEmpty(store.tier());
  }

  /**
   * What becomes of the data of tiers that move, where nobody says anything else: up to 1 GiB is
   * copied, an archive is left, since most clouds must restore it first.
   */
  static Map<Layer, StoreMode> modes(Map<Provider, AccountOperations> clouds) {
    Map<Layer, Long> bytes = new EnumMap<>(Layer.class);
    clouds.values().stream()
        .flatMap(cloud -> cloud.tiers().stream())
        .forEach(size -> bytes.merge(size.tier(), bytes(size), Long::sum));
    Map<Layer, StoreMode> modes = new EnumMap<>(Layer.class);
    for (Layer tier : ChangePlan.TIERS) {
      boolean small = bytes.getOrDefault(tier, 0L) <= COPIED_UP_TO;
      modes.put(tier, small && tier != Layer.L3_ARCHIVE ? StoreMode.COPY : StoreMode.LEAVE);
    }
    return modes;
  }

  private static long bytes(TierSize size) {
    return switch (size) {
      case TierSize.Items items -> items.items() * ITEM_BYTES;
      case TierSize.Chunks chunks -> chunks.bytes();
    };
  }
}
