package io.twinloom.model;

import java.util.Optional;

/**
 * {@code config_providers.json} with its defaults filled in: which cloud carries which layer.
 * Layers 4 and 5 are empty where the project says {@code none}.
 */
public record Placement(
    Provider l1,
    Provider l2,
    Provider l3Hot,
    Provider l3Cold,
    Provider l3Archive,
    Optional<Provider> l4,
    Optional<Provider> l5) {

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
}
