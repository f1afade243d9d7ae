package io.twinloom.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values of a property as a small picture. Not for several threads. */
final class Sparkline {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final int width;
  private final Deque<Double> values = new ArrayDeque<>();

  Sparkline(int width) {
    this.width = width;
  }

  void add(double value) {
    if (values.size() == width) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  /** As many bars as there were values, between the least and the greatest of them. */
  String text() {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder text = new StringBuilder(width);
    for (double value : values) {
      // What does not change is neither high nor low: a full battery must not look empty.
      double part = most > least ? (value - least) / (most - least) : 0.5;
      text.append(BARS.charAt((int) Math.round(part * (BARS.length() - 1))));
    }
    return text.toString();
  }
}
