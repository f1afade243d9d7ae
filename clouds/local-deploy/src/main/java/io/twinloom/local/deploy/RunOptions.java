package io.twinloom.local.deploy;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalOptions.Listener;
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
 * @param ports those that were free when they were chosen, by {@link LocalOptions.Listener#on their
 *     names}: devices find the twin where it was
 */
public record RunOptions(
    SortedMap<String, String> values,
    SortedMap<String, String> digests,
    SortedMap<String, Integer> ports) {

  /** No option was given. */
  public static final RunOptions NONE =
      new RunOptions(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  public RunOptions {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
  }

  /**
   * Whether the same was asked for. Ports that were free when they were chosen are what came of it,
   * so they do not count.
   */
  boolean isSameChoice(RunOptions other) {
    return values.equals(other.values) && digests.equals(other.digests);
  }

  /** The same with these ports. */
  public RunOptions withPorts(Map<String, Integer> chosen) {
    return new RunOptions(values, digests, new TreeMap<>(chosen));
  }

  /** The same with the ports that the clouds have chosen; without any where they are fixed. */
  RunOptions withPorts(LocalClouds clouds, LocalOptions options) {
    Map<String, Integer> chosen = new TreeMap<>();
    if (options.portBase().isEmpty()) {
      clouds
          .endpoints()
          .forEach(
              (cloud, endpoint) -> {
                chosen.put(Listener.HTTP.on(cloud), endpoint.http().getPort());
                chosen.put(Listener.MQTT.on(cloud), endpoint.mqtt().getPort());
              });
    }
    return withPorts(chosen);
  }

  /** The same with one more port. */
  RunOptions withPort(String name, int port) {
    SortedMap<String, Integer> more = new TreeMap<>(ports);
    more.put(name, port);
    return new RunOptions(values, digests, more);
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
    return new RunOptions(new TreeMap<>(values), digests, new TreeMap<>());
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
    JsonObject.Builder chosen = JsonObject.builder();
    ports.forEach((name, port) -> chosen.put(name, port.longValue()));
    return JsonObject.builder()
        .put("options", json(values))
        .put("digests", json(digests))
        .put("ports", chosen.build())
        .build();
  }

  private static JsonObject json(Map<String, String> texts) {
    JsonObject.Builder json = JsonObject.builder();
    texts.forEach(json::put);
    return json.build();
  }

  /** Reads what {@link #toJson} wrote; what is something else is left out. */
  static RunOptions of(JsonObject json) {
    SortedMap<String, Integer> ports = new TreeMap<>();
    JsonObject chosen = json.object("ports").orElse(JsonObject.EMPTY);
    for (String name : chosen.members().keySet()) {
      if (chosen.get(name) instanceof JsonNumber port) {
        ports.put(name, port.asDecimal().intValue());
      }
    }
    return new RunOptions(texts(json, "options"), texts(json, "digests"), ports);
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
