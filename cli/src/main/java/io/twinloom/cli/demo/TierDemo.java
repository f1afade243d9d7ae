package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.text.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How measurements grow old: what each tier holds, and one question about a device that all tiers
 * answer together. Not for several threads.
 */
final class TierDemo {

  /** The history is asked for that often. */
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  private static final int MOST_ASKED_FOR = 10_000;

  /**
   * What was found.
   *
   * @param history how many items of one answer came from each tier
   * @param millis how long that answer took; empty before there was one
   */
  private record Seen(List<TierSize> tiers, List<TierPart> history, Optional<String> millis) {}

  private final TwinControl twin;
  private final String device;
  private final String begun;
  private long nextLook = System.nanoTime();
  private Seen seen = new Seen(List.of(), List.of(), Optional.empty());
  private boolean fresh;

  /**
   * @param device whose history is asked for
   * @param begun from when on, ISO 8601
   */
  TierDemo(TwinControl twin, String device, String begun) {
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
    HistoryPage page =
        twin.query(
            HistoryRequest.of(device).from(Optional.of(begun)).limit(MOST_ASKED_FOR).build());
    long micros = (System.nanoTime() - asked) / 1_000;
    seen =
        new Seen(
            twin.status().tiers(),
            page.tiers(),
            Optional.of(String.format(Locale.ROOT, "%.1f", micros / 1e3)));
    fresh = true;
    nextLook = System.nanoTime() + BETWEEN.toNanos();
  }

  /** What was seen as one object of {@code --json}, once each time that was looked. */
  Optional<JsonObject> fresh() {
    boolean now = fresh;
    fresh = false;
    return now
        ? Optional.of(
            JsonObject.builder()
                .put("type", "tiers")
                .put("tiers", StatusJson.tiers(seen.tiers()))
                .put("device", device)
                .put("history", HistoryJson.parts(seen.history()))
                .put("ms", new JsonNumber(seen.millis().orElse("0")))
                .build())
        : Optional.empty();
  }

  /** What each tier holds. */
  String tiers(BiFunction<Paint, String, String> painted) {
    return tiers(painted, false);
  }

  /**
   * What each tier holds.
   *
   * @param brief whether it must fit a narrow window
   */
  String tiers(BiFunction<Paint, String, String> painted, boolean brief) {
    List<String> tiers = new ArrayList<>();
    for (TierSize tier : seen.tiers()) {
      String count =
          switch (tier) {
            case TierSize.Items hot ->
                painted.apply(Paint.CYAN, Count.of(hot.items()))
                    + (brief ? "" : " " + Count.noun(hot.items(), "item"));
            case TierSize.Chunks colder ->
                painted.apply(Paint.CYAN, Count.of(colder.chunks()))
                    + (brief ? "" : " " + Count.noun(colder.chunks(), "chunk"));
          };
      tiers.add(
          tier.tier().title().replace("L3 ", "")
              + (brief ? " " : " on ")
              + tier.cloud().id()
              + " "
              + count);
    }
    return String.join(brief ? " ─→ " : "  ─→ ", tiers);
  }

  /** Where the measurements of one answer came from. */
  String history(BiFunction<Paint, String, String> painted) {
    return history(painted, " since the start, in one answer");
  }

  /**
   * Where the measurements of one answer came from.
   *
   * @param what what stands between the device and them
   */
  String history(BiFunction<Paint, String, String> painted, String what) {
    List<String> parts = new ArrayList<>();
    for (TierPart part : seen.history()) {
      parts.add(painted.apply(Paint.CYAN, Count.of(part.items())) + " " + part.tier());
    }
    return device
        + what
        + ": "
        + (parts.isEmpty() ? "nothing yet" : String.join(" + ", parts))
        + seen.millis().map(ms -> "  (" + ms + " ms)").orElse("");
  }
}
