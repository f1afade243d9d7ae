package io.twinloom.model.function;

import io.twinloom.model.Layer;
import java.util.Optional;

/** A port that a function uses beside its log, clock and sources of randomness. */
public enum Need {
  HOT_STORE(Layer.L3_HOT),
  COLD_STORE(Layer.L3_COLD),
  ARCHIVE_STORE(Layer.L3_ARCHIVE),
  TWIN_GRAPH(Layer.L4),
  /** Where a mover's open plan is kept between its runs. */
  MOVE_PLANS,
  /** Where the answers to signed requests are kept, so that a repeat gets the same one. */
  RECORDED_ANSWERS,
  /** Calls to functions on the same cloud. */
  INVOKER,
  WORKFLOWS,
  /** Calls to receivers on other clouds. */
  REMOTE,
  DEAD_LETTERS,
  /** Commands to devices. */
  DEVICES,
  /** Where it is noted which devices use the cloud, while the twin lets them in on several. */
  SEEN_DEVICES;

  private final Optional<Layer> layer;

  Need() {
    this.layer = Optional.empty();
  }

  Need(Layer layer) {
    this.layer = Optional.of(layer);
  }

  /** The layer on whose cloud a store is; empty for what every cloud has. */
  public Optional<Layer> layer() {
    return layer;
  }

  /** Whether it is kept in the table or container of state that a cloud has beside the tiers. */
  public boolean isState() {
    return this == MOVE_PLANS || this == RECORDED_ANSWERS || this == SEEN_DEVICES;
  }
}
