package io.twinloom.server.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of several twins as one text: each sample has the label {@code project}, and each
 * family stands once. Not for several threads.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class MergedMetrics {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final class Family {
    private final List<String> comments = new ArrayList<>();
    private final List<String> samples = new ArrayList<>();
  }

  private final Map<String, Family> families = new LinkedHashMap<>();

  /** Adds what a twin answered, in the text format or in that of OpenMetrics. */
  void add(String project, String text) {
    String label =
        "project=\""
            + project.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
            + "\"";
    Family family = new Family();
    boolean fresh = true;
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
        String name = line.split(" ", 4)[2];
        fresh = !families.containsKey(name) || family == families.get(name) && fresh;
        family = families.computeIfAbsent(name, any -> new Family());
        if (fresh) {
          family.comments.add(line);
        }
      } else if (!line.startsWith("#") && !line.isBlank()) {
        family.samples.add(labelled(line, label));
      }
    }
  }

  private static String labelled(String sample, String label) {
    int brace = sample.indexOf('{');
    int blank = sample.indexOf(' ');
    if (brace >= 0 && brace < blank) {
      boolean empty = sample.charAt(brace + 1) == '}';
      return sample.substring(0, brace + 1)
          + label
          + (empty ? "" : ",")
          + sample.substring(brace + 1);
    }
    return sample.substring(0, blank) + "{" + label + "}" + sample.substring(blank);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Family family : families.values()) {
      family.comments.forEach(line -> text.append(line).append('\n'));
      family.samples.forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }
}
