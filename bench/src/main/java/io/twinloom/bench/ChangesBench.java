package io.twinloom.bench;

import io.twinloom.bench.BenchProject.Language;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Edits the code of a device again and again while devices publish. Each version writes its number
 * and the time at which it ran into the event, so that what is stored says when the first event ran
 * a version. In the end every message that was acknowledged has to be stored.
 *
 * @param launcher the command that starts a twin
 * @param rate messages a second, half of them of the device whose code is edited
 */
record ChangesBench(Path launcher, int exchanges, int rate) {

  private static final List<String> DEVICES = List.of("device-0", "device-1");
  private static final String EDITED = DEVICES.getFirst();
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** Runs it, and gives the figures. */
  JsonObject run(Language language) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("twinloom-changes");
    Path project = folder.resolve("project");
    BenchProject.write(project, 3, DEVICES);
    save(project, language, 0);
    Latencies latencies = new Latencies();
    int missed = 0;
    long lost;
    try (TwinProcess twin = TwinProcess.start(launcher, project, folder.resolve("data"), 3);
        Fleet fleet = Fleet.connect(twin.broker(), twin.twin(), DEVICES)) {
      Thread load = Thread.ofPlatform().start(() -> publish(fleet));
      TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
      for (int version = 1; version <= exchanges; version++) {
        Instant saved = save(project, language, version);
        OptionalLong ran = awaitRun(twin, version, saved);
        if (ran.isPresent()) {
          latencies.add(TimeUnit.MILLISECONDS.toNanos(ran.getAsLong() - saved.toEpochMilli()));
        } else {
          missed++;
        }
      }
      fleet.stop();
      load.join();
      lost = lost(twin, fleet);
    } finally {
      Folders.delete(folder);
    }
    JsonObject.Builder figures =
        JsonObject.builder()
            .put("processors", language.name().toLowerCase(Locale.ROOT))
            .put("exchanges", latencies.count())
            .put("missed", missed)
            .put("rate", rate);
    if (latencies.count() > 0) {
      figures
          .put("p50Millis", latencies.percentile(0.5))
          .put("p99Millis", latencies.percentile(0.99));
    }
    return figures.put("lost", lost).build();
  }

  private void publish(Fleet fleet) {
    try {
      fleet.publishAtRate(rate, Duration.ofHours(2), Integer.MAX_VALUE, sample -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Saves a version as editors do, by renaming; gives when. */
  private static Instant save(Path project, Language language, int version) throws IOException {
    Path code = Files.createDirectories(project.resolve("processors").resolve(EDITED));
    Path aside = code.resolve(".saving");
    Files.writeString(aside, source(language, version));
    String name = language == Language.JAVA ? "Versioned.java" : "process.py";
    Files.move(
        aside,
        code.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return Instant.now();
  }

  private static String source(Language language, int version) {
    return language == Language.JAVA
        ? """
          import io.twinloom.api.Processor;
          import java.util.Map;

          public class Versioned implements Processor {
            @Override
            public Map<String, Object> process(Map<String, Object> event) {
              event.put("version", %dL);
              event.put("ran", System.currentTimeMillis());
              return event;
            }
          }
          """
            .formatted(version)
        : """
          import time

          def process(event):
              event["version"] = %d
              event["ran"] = int(time.time() * 1000)
              return event
          """
            .formatted(version);
  }

  /** When the first event ran a version, in milliseconds; empty where none did. */
  private static OptionalLong awaitRun(TwinProcess twin, int version, Instant saved)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      OptionalLong newest = firstRun(items(twin, "order=desc&limit=1"), version);
      if (newest.isPresent()) {
        String from = "order=asc&limit=10000&from=" + saved.minusSeconds(30);
        return firstRun(items(twin, from), version);
      }
    }
    return OptionalLong.empty();
  }

  private static JsonArray items(TwinProcess twin, String query) {
    return twin.twin("devices/" + EDITED + "/items?" + query)
        .array("items")
        .orElse(JsonArray.EMPTY);
  }

  private static OptionalLong firstRun(JsonArray items, int version) {
    long first = Long.MAX_VALUE;
    for (JsonValue value : items) {
      if (value instanceof JsonObject item && number(item, "version") == version) {
        first = Math.min(first, number(item, "ran"));
      }
    }
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }

  private static long number(JsonObject item, String name) {
    return item.get(name) instanceof JsonNumber number ? Long.parseLong(number.text()) : -1;
  }

  /** How many messages were acknowledged and are not stored once nothing waits any more. */
  private static long lost(TwinProcess twin, Fleet fleet) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    long lost;
    do {
      TimeUnit.MILLISECONDS.sleep(200);
      lost = fleet.acknowledged() - hotItems(twin.status());
    } while (lost > 0 && System.nanoTime() < end);
    return lost;
  }

  private static long hotItems(JsonObject status) {
    for (JsonValue tier : status.array("tiers").orElse(JsonArray.EMPTY)) {
      if (tier instanceof JsonObject hot && hot.text("tier").orElse("").equals("L3 hot")) {
        return number(hot, "items");
      }
    }
    return 0;
  }
}
