package io.twinloom.bench;

import java.util.List;
import java.util.Optional;

/**
 * A layer of the twin that is moved to another cloud.
 *
 * @param title what {@code status} calls it
 * @param key its name in {@code config_providers.json}
 * @param to the cloud that it moves to
 * @param retired its name for {@code retire}, where its former cloud is used until then
 */
record LayerMove(String title, String key, String to, Optional<String> retired) {

  static final LayerMove HOT = of("L3 hot", "layer_3_hot_provider", "google");
  static final LayerMove COLD = of("L3 cold", "layer_3_cold_provider", "aws");
  static final LayerMove ARCHIVE = of("L3 archive", "layer_3_archive_provider", "google");

  static final LayerMove L1 = new LayerMove("L1", "layer_1_provider", "azure", Optional.of("l1"));
  private static final LayerMove L2 = of("L2", "layer_2_provider", "aws");
  private static final LayerMove L4 = of("L4", "layer_4_provider", "azure");
  private static final LayerMove L5 =
      new LayerMove("L5", "layer_5_provider", "google", Optional.of("l5"));

  /** The tiers one after the other, from where {@link BenchProject} has them. */
  static final List<LayerMove> TIERS = List.of(HOT, COLD, ARCHIVE);

  /** All layers; the fourth from where {@link MovingTwin} has it. */
  static final List<LayerMove> ALL = List.of(L5, L4, L2, L1, HOT, COLD, ARCHIVE);

  private static LayerMove of(String title, String key, String to) {
    return new LayerMove(title, key, to, Optional.empty());
  }
}
