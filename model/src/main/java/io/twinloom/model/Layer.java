package io.twinloom.model;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A layer of the twin, each of which any cloud can carry. */
public enum Layer {
  L1("L1", "layer_1_provider"),
  L2("L2", "layer_2_provider"),
  L3_HOT("L3 hot", "layer_3_hot_provider", "hot"),
  L3_COLD("L3 cold", "layer_3_cold_provider", "cold"),
  L3_ARCHIVE("L3 archive", "layer_3_archive_provider", "archive"),
  L4("L4", "layer_4_provider"),
  L5("L5", "layer_5_provider");

  private final String title;
  private final String configKey;
  private final Optional<String> tier;

  Layer(String title, String configKey) {
    this(title, configKey, null);
  }

  Layer(String title, String configKey, @Nullable String tier) {
    this.title = title;
    this.configKey = configKey;
    this.tier = Optional.ofNullable(tier);
  }

  /** The layer's name as people read it, and as results carry it. */
  public String title() {
    return title;
  }

  /** Its key in {@code config_providers.json}. */
  public String configKey() {
    return configKey;
  }

  /** Whether it keeps measurements. */
  public boolean isTier() {
    return tier.isPresent();
  }

  /** What a tier is called in settings, such as {@code hot}; empty where it is none. */
  public Optional<String> tier() {
    return tier;
  }

  /** The tier of such a name. */
  public static Optional<Layer> ofTier(String name) {
    return Arrays.stream(values())
        .filter(layer -> layer.tier.filter(name::equals).isPresent())
        .findFirst();
  }
}
