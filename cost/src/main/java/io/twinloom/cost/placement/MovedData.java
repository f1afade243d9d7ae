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
    return new WhatIf.StoredData(layer, from, to, items, bytes, how(layer));
  }

  private static String how(Layer layer) {
    if (layer == Layer.L4) {
      return "The entities are made anew from the project; newest values follow with the next"
          + " measurements.";
    }
    String unless = layer == Layer.L3_ARCHIVE ? ", unless it must be restored first" : "";
    return "On this machine deploy copies it while devices go on sending%s. On the clouds it stays in"
            .formatted(unless)
        + " the former store, unread until the tier is back there.";
  }
}
