package io.twinloom.aws.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Terraform's providers call for a thing of each type, from {@code provider-actions.txt}:
 * lines with a type, and below each the actions of one service.
 */
final class ProviderActions {

  private static final String FILE = "provider-actions.txt";

  private static final SortedMap<String, Set<String>> BY_TYPE = read();

  private ProviderActions() {}

  /** The types that have a row. */
  static Set<String> types() {
    return BY_TYPE.keySet();
  }

  /**
   * The actions that things of these types need.
   *
   * @throws IllegalArgumentException if a type has no row
   */
  static Set<String> of(List<String> types) {
    Set<String> actions = new TreeSet<>();
    for (String type : types) {
      Set<String> own = BY_TYPE.get(type);
      if (own == null) {
        throw new IllegalArgumentException(type + " is not in " + FILE);
      }
      actions.addAll(own);
    }
    return actions;
  }

  private static SortedMap<String, Set<String>> read() {
    SortedMap<String, Set<String>> byType = new TreeMap<>();
    Set<String> current = new TreeSet<>();
    for (String line : lines()) {
      if (line.startsWith("  ")) {
        String[] parts = line.strip().split(": ", 2);
        for (String name : parts[1].split(" ", -1)) {
          current.add(parts[0] + ":" + name);
        }
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current = new TreeSet<>();
        byType.put(line.strip(), current);
      }
    }
    return Collections.unmodifiableSortedMap(byType);
  }

  private static List<String> lines() {
    try (InputStream in = ProviderActions.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
