package io.twinloom.server.why;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the names that somebody may have meant. */
final class Names {

  private static final int SHOWN = 3;

  private Names() {}

  /** The nearest names, as the end of a sentence; empty where there are none. */
  static String nearest(String given, Collection<String> known) {
    List<String> nearest =
        known.stream()
            .sorted(Comparator.comparingInt((String name) -> distance(given, name)))
            .limit(SHOWN)
            .toList();
    return nearest.isEmpty()
        ? ""
        : nearest.stream().collect(Collectors.joining("\", \"", " The nearest are \"", "\"."));
  }

  /** How many letters must be added, removed or changed (Levenshtein). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int before = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        before = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
