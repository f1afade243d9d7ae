package io.twinloom.model;

/** A layer of the twin, each of which any cloud can carry. */
public enum Layer {
  L1("L1", "layer_1_provider"),
  L2("L2", "layer_2_provider"),
  L3_HOT("L3 hot", "layer_3_hot_provider"),
  L3_COLD("L3 cold", "layer_3_cold_provider"),
  L3_ARCHIVE("L3 archive", "layer_3_archive_provider"),
  L4("L4", "layer_4_provider"),
  L5("L5", "layer_5_provider");

  private final String title;
  private final String configKey;

  Layer(String title, String configKey) {
    this.title = title;
    this.configKey = configKey;
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
    return this == L3_HOT || this == L3_COLD || this == L3_ARCHIVE;
  }
}
