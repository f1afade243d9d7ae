package io.twinloom.local.deploy;

import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options that a local twin was started with. They are kept with its data, so that a deployment
 * without options changes nothing about how the twin is reached, and so that one with other options
 * is recognised.
 *
 * @param values each option's value as an argument of the command; files are named absolutely
 * @param digests the SHA-256 of each file that an option names: a changed file is a changed option
 */
public record RunOptions(SortedMap<String, String> values, SortedMap<String, String> digests) {

  /** No option was given. */
  public static final RunOptions NONE = new RunOptions(new TreeMap<>(), new TreeMap<>());

  public RunOptions {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  /**
   * Options with the digests of the files that some of them name.
   *
   * @param files the names of those options
   */
  public static RunOptions of(Map<String, String> values, Collection<String> files) {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String option : files) {
      String file = values.get(option);
      if (file != null) {
        digests.put(option, digest(Path.of(file)));
      }
    }
    return new RunOptions(new TreeMap<>(values), digests);
  }

  /** Empty where it cannot be read: the user of the file reports that. */
  private static String digest(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException e) {
      return "";
    }
  }

  JsonObject toJson() {
    return JsonObject.builder().put("options", json(values)).put("digests", json(digests)).build();
  }

  private static JsonObject json(Map<String, String> texts) {
    JsonObject.Builder json = JsonObject.builder();
    texts.forEach(json::put);
    return json.build();
  }

  /** Reads what {@link #toJson} wrote; what is something else is left out. */
  static RunOptions of(JsonObject json) {
    return new RunOptions(texts(json, "options"), texts(json, "digests"));
  }

  private static SortedMap<String, String> texts(JsonObject json, String name) {
    JsonObject object = json.object(name).orElse(JsonObject.EMPTY);
    SortedMap<String, String> texts = new TreeMap<>();
    for (String key : object.members().keySet()) {
      object.text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }
}
