package io.twinloom.cost.placement;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in stores that are left, and what becomes of it. */
final class MovedData {

  /** What a deployment to the clouds copies unasked, see docs/changes.md. */
  private static final BigDecimal COPIED = BigDecimal.valueOf(1L << 30);

  /** What an item of the hot store counts there. */
  private static final BigDecimal ITEM = BigDecimal.valueOf(1_024);

  private MovedData() {}

  /**
   * The stores that a move leaves.
   *
   * @param components the parts of the plan before, as expected
   */
  static List<WhatIf.StoredData> of(Placement before, Placement after, List<Component> components) {
    List<WhatIf.StoredData> left = new ArrayList<>();
    for (Layer layer : List.of(Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE, Layer.L4)) {
      Optional<Provider> from = before.of(layer);
      Optional<Provider> to = after.of(layer);
      if (from.isPresent() && to.isPresent() && !from.equals(to)) {
        left.add(data(layer, from.get(), to.get(), components));
      }
    }
    return left;
  }

  private static WhatIf.StoredData data(
      Layer layer, Provider from, Provider to, List<Component> components) {
    BigDecimal items = BigDecimal.ZERO;
    BigDecimal bytes = BigDecimal.ZERO;
    for (Component component : components) {
      if (component.part() == Component.Part.STORE
          && component.layer().equals(Optional.of(layer))) {
        for (Demand demand : component.demands()) {
          if (demand.days().signum() > 0) {
            bytes = bytes.add(demand.count().multiply(demand.bytesEach()));
            items = demand.use() == Use.HOT_STORED ? demand.count() : items;
          }
        }
      }
    }
    return new WhatIf.StoredData(layer, from, to, items, bytes, how(layer, items, bytes));
  }

  private static String how(Layer layer, BigDecimal items, BigDecimal bytes) {
    if (layer == Layer.L4) {
      return "The entities are made from the project. On this machine their newest values are"
          + " carried over; on the clouds these follow with the next measurements.";
    }
    if (layer == Layer.L3_ARCHIVE) {
      return "On this machine deploy copies it while devices go on sending, unless it must be"
          + " restored first. On the clouds it stays on the former one and is read there;"
          + " --copy-data copies it.";
    }
    BigDecimal counted = layer == Layer.L3_HOT ? items.multiply(ITEM) : bytes;
    return counted.compareTo(COPIED) > 0
        ? "On this machine deploy copies it while devices go on sending. On the clouds more than"
            + " 1 GiB stays on the former one and is read there until it is empty; --copy-data"
            + " copies it."
        : "Deploy copies it while devices go on sending, on this machine and on the clouds.";
  }
}
