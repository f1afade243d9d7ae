package io.twinloom.cost.bill;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Component.Part;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a plan costs a month, line by line.
 *
 * @param currency of all amounts
 * @param lines in the order of the plan
 */
public record Bill(String currency, List<Line> lines) {
  public Bill {
    lines = List.copyOf(lines);
  }

  /** All of it. */
  public Estimate total() {
    return sum(line -> true);
  }

  /** What goes to each cloud. */
  public Map<Provider, Estimate> byCloud() {
    Map<Provider, Estimate> sums = new TreeMap<>();
    lines.forEach(l -> sums.merge(l.component().cloud(), l.amount(), Estimate::plus));
    return sums;
  }

  /** What belongs to each layer; connections and what a cloud holds beside the plan to none. */
  public Map<Layer, Estimate> byLayer() {
    Map<Layer, Estimate> sums = new EnumMap<>(Layer.class);
    for (Line line : lines) {
      if (line.component().part() != Part.CONNECTION) {
        line.component()
            .layer()
            .ifPresent(layer -> sums.merge(layer, line.amount(), Estimate::plus));
      }
    }
    return sums;
  }

  /** What the connections between clouds cost. */
  public Estimate connections() {
    return sum(line -> line.component().part() == Part.CONNECTION);
  }

  /** The parts of the plan, in its order. */
  public List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (Line line : lines) {
      if (components.isEmpty() || components.getLast() != line.component()) {
        components.add(line.component());
      }
    }
    return components;
  }

  private Estimate sum(Predicate<Line> which) {
    return lines.stream().filter(which).map(Line::amount).reduce(Estimate.ZERO, Estimate::plus);
  }
}
