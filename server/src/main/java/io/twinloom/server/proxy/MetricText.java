package io.twinloom.server.proxy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Metrics of several twins in one text: what describes a metric stands once. */
final class MetricText {

  private MetricText() {}

  /**
   * The lines of a text that go into the whole.
   *
   * @param first whether nothing is there yet
   */
  static String merged(boolean first, byte[] text) {
    return new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> first || !line.startsWith("#"))
        .filter(line -> first || !line.startsWith("twinloom_build_info"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
