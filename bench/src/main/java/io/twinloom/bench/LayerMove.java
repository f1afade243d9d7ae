package io.twinloom.bench;

import java.util.List;

/**
 * A layer of the twin that is moved to another cloud.
 *
 * @param title what {@code status} calls it
 * @param key its name in {@code config_providers.json}
 * @param to the cloud that it moves to
 */
record LayerMove(String title, String key, String to) {

  static final LayerMove HOT = new LayerMove("L3 hot", "layer_3_hot_provider", "google");
  static final LayerMove COLD = new LayerMove("L3 cold", "layer_3_cold_provider", "aws");
  static final LayerMove ARCHIVE =
      new LayerMove("L3 archive", "layer_3_archive_provider", "google");

  /** One after the other, from where {@link BenchProject} has them. */
  static final List<LayerMove> ALL = List.of(HOT, COLD, ARCHIVE);
}
