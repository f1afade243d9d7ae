package io.twinloom.model;

import java.util.Optional;

/**
 * {@code config_providers.json} with its defaults filled in: which cloud carries which layer.
 * Layers 4 and 5 are empty where the project says {@code none}.
 *
 * @param legs the stores that a deployed twin has on further clouds
 */
public record Placement(
    Provider l1,
    Provider l2,
    Provider l3Hot,
    Provider l3Cold,
    Provider l3Archive,
    Optional<Provider> l4,
    Optional<Provider> l5,
    Legs legs) {

  /** A placement as a project's files say it: each tier has one store. */
  public Placement(
      Provider l1,
      Provider l2,
      Provider l3Hot,
      Provider l3Cold,
      Provider l3Archive,
      Optional<Provider> l4,
      Optional<Provider> l5) {
    this(l1, l2, l3Hot, l3Cold, l3Archive, l4, l5, Legs.NONE);
  }

  /** The cloud of a layer, or empty where there is no such layer. */
  public Optional<Provider> of(Layer layer) {
    return switch (layer) {
      case L1 -> Optional.of(l1);
      case L2 -> Optional.of(l2);
      case L3_HOT -> Optional.of(l3Hot);
      case L3_COLD -> Optional.of(l3Cold);
      case L3_ARCHIVE -> Optional.of(l3Archive);
      case L4 -> l4;
      case L5 -> l5;
    };
  }

  /** The same with a layer on another cloud. */
  public Placement with(Layer layer, Provider cloud) {
    return new Placement(
        layer == Layer.L1 ? cloud : l1,
        layer == Layer.L2 ? cloud : l2,
        layer == Layer.L3_HOT ? cloud : l3Hot,
        layer == Layer.L3_COLD ? cloud : l3Cold,
        layer == Layer.L3_ARCHIVE ? cloud : l3Archive,
        layer == Layer.L4 ? Optional.of(cloud) : l4,
        layer == Layer.L5 ? Optional.of(cloud) : l5,
        legs);
  }

  /** The same with other stores on further clouds. */
  public Placement withLegs(Legs other) {
    return new Placement(l1, l2, l3Hot, l3Cold, l3Archive, l4, l5, other);
  }
}
