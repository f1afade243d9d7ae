package io.twinloom.cli.demo;

import io.twinloom.cli.Paint;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How measurements grow old: what each tier holds, and one question about a device that all tiers
 * answer together. Not for several threads.
 */
final class Ageing {

  /** The history is asked for that often. */
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  private static final int MOST_ASKED_FOR = 10_000;

  private final DeployedTwin twin;
  private final String device;
  private final String begun;
  private long nextLook = System.nanoTime();
  private JsonObject seen = JsonObject.EMPTY;
  private boolean fresh;

  /**
   * @param device whose history is asked for
   * @param begun from when on, ISO 8601
   */
  Ageing(DeployedTwin twin, String device, String begun) {
    this.twin = twin;
    this.device = device;
    this.begun = begun;
  }

  /** Looks, unless it has looked a moment ago. */
  void look() {
    if (System.nanoTime() < nextLook) {
      return;
    }
    long asked = System.nanoTime();
    JsonObject page =
        twin.query(
            new Query(
                device,
                Optional.empty(),
                Optional.of(begun),
                Optional.empty(),
                Optional.empty(),
                false,
                MOST_ASKED_FOR));
    long micros = (System.nanoTime() - asked) / 1_000;
    seen =
        JsonObject.builder()
            .put("tiers", twin.status().array("tiers").orElse(JsonArray.EMPTY))
            .put("device", device)
            .put("history", page.array("tiers").orElse(JsonArray.EMPTY))
            .put("ms", new JsonNumber(String.format(Locale.ROOT, "%.1f", micros / 1e3)))
            .build();
    fresh = true;
    nextLook = System.nanoTime() + BETWEEN.toNanos();
  }

  /** What was seen, once each time that was looked. */
  Optional<JsonObject> fresh() {
    boolean now = fresh;
    fresh = false;
    return now ? Optional.of(seen) : Optional.empty();
  }

  /** What each tier holds. */
  String tiers(BiFunction<Paint, String, String> painted) {
    List<String> tiers = new ArrayList<>();
    for (JsonValue value : seen.array("tiers").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject tier) {
        boolean hot = tier.has("items");
        tiers.add(
            tier.text("tier").orElse("").replace("L3 ", "")
                + " on "
                + tier.text("cloud").orElse("")
                + " "
                + painted.apply(Paint.CYAN, count(tier.get(hot ? "items" : "chunks")))
                + (hot ? " items" : " chunks"));
      }
    }
    return String.join("  ─→ ", tiers);
  }

  /** Where the measurements of one answer came from. */
  String history(BiFunction<Paint, String, String> painted) {
    List<String> parts = new ArrayList<>();
    for (JsonValue value : seen.array("history").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject part) {
        parts.add(
            painted.apply(Paint.CYAN, count(part.get("items")))
                + " "
                + part.text("tier").orElse(""));
      }
    }
    return device
        + " since the start, in one answer: "
        + (parts.isEmpty() ? "nothing yet" : String.join(" + ", parts))
        + (seen.get("ms") instanceof JsonNumber ms ? "  (" + ms.text() + " ms)" : "");
  }

  private static String count(@Nullable JsonValue value) {
    return value instanceof JsonNumber n
        ? String.format(Locale.ROOT, "%,d", n.asDecimal().longValue())
        : "-";
  }
}
