package io.twinloom.cost.demand;

import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Optional;

/**
 * A part of a plan, and what it uses.
 *
 * @param name as the plan has it
 * @param layer the layer that it belongs to; empty for what serves several
 * @param cloud whose bill it is on
 */
public record Component(
    Part part, String name, Optional<Layer> layer, Provider cloud, List<Demand> demands) {
  public Component {
    demands = List.copyOf(demands);
  }

  /** What of a plan it is. */
  public enum Part {
    TOPIC,
    FUNCTION,
    QUEUE,
    STORE,
    SCHEDULE,
    CONNECTION,
    /** The dashboards of layer 5. */
    VIEW,
    /** What a cloud holds beside the plan. */
    CLOUD
  }
}
