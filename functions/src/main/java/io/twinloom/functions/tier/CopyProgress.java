package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.tier.CopyTarget.Taken;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the copy of a store is, over all of its runs: kept with its plan, and the answer to who
 * asks. Used by several threads.
 */
public final class CopyProgress {

  /** So many of what was left are named. */
  private static final int MAX_NAMED = 100;

  /** What is being done, or was done last. */
  enum Stage {
    COPYING,
    /** One full pass is done. */
    COPIED,
    VERIFYING,
    /** All that the old store has was found in the new one. */
    VERIFIED,
    /** Something was not: it is to be copied again. */
    DIFFERENT;

    /** Whether a run has something to do without being asked for something else. */
    boolean isOpen() {
      return this == COPYING || this == VERIFYING;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Stage of(String word) {
      for (Stage stage : values()) {
        if (stage.word().equals(word)) {
          return stage;
        }
      }
      throw new IllegalStateException("a copy's plan is " + word);
    }
  }

  /** What was counted, in the pass that is under way or was the last. */
  private enum Count {
    ITEMS("items"),
    CHUNKS("chunks"),
    BYTES("bytes"),
    THERE("there"),
    SHIFTED("shifted"),
    MARKED("marked"),
    MISSING("missing"),
    MILLIS("millis");

    private final String word;

    Count(String word) {
      this.word = word;
    }
  }

  private final String copy;
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final LeftItems left = new LeftItems(MAX_NAMED);
  private final TreeMap<String, String> cursors = new TreeMap<>();
  private Stage stage = Stage.COPYING;
  private String after = "";
  private String why = "";
  private Optional<RestoreRound> round = Optional.empty();
  private Optional<CopyTotal> total = Optional.empty();
  private Instant since = Instant.MAX;

  /**
   * One that begins.
   *
   * @param copy what the copy is called by who ordered it; another one is another copy
   */
  CopyProgress(String copy) {
    this.copy = copy;
  }

  String copy() {
    return copy;
  }

  synchronized Stage stage() {
    return stage;
  }

  /** Begins a pass. */
  synchronized void begin(Stage next) {
    stage = next;
    counts.clear();
    left.clear();
    cursors.clear();
    after = "";
    round = Optional.empty();
    total = Optional.empty();
  }

  /** Ends a pass whose end was reached. */
  synchronized void passed() {
    boolean differs = count(Count.MISSING) > 0;
    stage = stage == Stage.COPYING ? Stage.COPIED : differs ? Stage.DIFFERENT : Stage.VERIFIED;
    cursors.clear();
    after = "";
  }

  /** A run works on it from now on. */
  synchronized void runs(Instant now) {
    since = now;
    why = "";
  }

  /** What the pass waits for; a run that ended with its time waits for nothing. */
  public synchronized void stopped(String reason) {
    why = reason;
  }

  /** The chunks that are being restored, and not all of them copied. */
  synchronized Optional<RestoreRound> round() {
    return round;
  }

  /** Waits for chunks that are being restored. */
  synchronized void waitsFor(RestoreRound next) {
    round = Optional.of(next);
    why = next.text();
  }

  /** Whether it is known of the pass what the store holds, or that this is not known. */
  synchronized boolean hasTotal() {
    return total.isPresent();
  }

  /** Keeps what the store holds that the pass goes through. */
  synchronized void total(CopyTotal held) {
    total = Optional.of(held);
  }

  synchronized void items(Taken taken, long bytes) {
    add(Count.ITEMS, taken.stored() + taken.there() + taken.shifted());
    add(Count.THERE, taken.there());
    add(Count.SHIFTED, taken.shifted());
    add(Count.BYTES, bytes);
  }

  /** Counts what is neither an item nor a chunk. */
  public synchronized void values(long some) {
    add(Count.ITEMS, some);
  }

  synchronized void chunk(long bytes) {
    add(Count.CHUNKS, 1);
    add(Count.BYTES, bytes);
  }

  synchronized void marked(long some) {
    add(Count.MARKED, some);
  }

  synchronized void missing(long some) {
    add(Count.MISSING, some);
  }

  /** Names what cannot be copied. */
  public void left(String key, String reason) {
    left.add(key, reason);
  }

  /** Warns of what cannot be copied. */
  public void warnOfLeft(Invocation invocation, String what) {
    left.warn(invocation, what);
  }

  private void add(Count what, long some) {
    if (some != 0) {
      counts.merge(what, some, Long::sum);
    }
  }

  private long count(Count what) {
    return counts.getOrDefault(what, 0L);
  }

  /** The last device or key up to which everything is done. */
  public synchronized String after() {
    return after;
  }

  /** From where a device behind that is to be gone on with; empty where it is done. */
  public synchronized Optional<String> cursor(String device) {
    return Optional.ofNullable(cursors.get(device));
  }

  /** Keeps how far a device is; the empty text: it is done. */
  public synchronized void reached(String device, String from) {
    cursors.put(device, from);
  }

  /** Everything up to a device or key is done. */
  public synchronized void doneUpTo(String key) {
    after = key;
    cursors.headMap(key, true).clear();
    round = round.filter(asked -> !asked.upTo().equals(key));
  }

  /** Counts the time since the last call, or since the run began. */
  synchronized void tick(Instant now) {
    if (!since.equals(Instant.MAX)) {
      add(Count.MILLIS, Math.max(0, Duration.between(since, now).toMillis()));
    }
    since = now;
  }

  /** The answer to who asks. */
  public synchronized JsonObject answer() {
    JsonObject.Builder json = JsonObject.builder().put("state", stage.word());
    for (Count what : Count.values()) {
      if (what != Count.MILLIS) {
        json.put(what.word, count(what));
      }
    }
    long done = Math.max(count(Count.ITEMS), count(Count.CHUNKS));
    long millis = count(Count.MILLIS);
    json.put("itemsPerSecond", millis == 0 ? 0 : done * 1_000 / millis);
    putTotal(json, millis);
    left.put(json);
    round.ifPresent(asked -> json.put("restoring", asked.toJson()));
    if (!why.isEmpty()) {
      json.put("open", why);
    }
    return json.build();
  }

  /** What is to be done in all, and how many seconds the rest takes at the rate so far. */
  private void putTotal(JsonObject.Builder json, long millis) {
    long bytes = count(Count.BYTES);
    long seen = count(Count.ITEMS) + count(Count.MARKED) + count(Count.MISSING);
    OptionalLong all = total.orElse(CopyTotal.UNKNOWN).bytes(seen, bytes);
    if (all.isEmpty()) {
      return;
    }
    json.put("totalBytes", all.getAsLong());
    if (stage.isOpen() && bytes > 0 && millis > 0) {
      double left = (double) (all.getAsLong() - bytes) * millis / bytes;
      json.put("eta", (long) Math.ceil(left / 1_000));
    }
  }

  /** What is kept of it. */
  synchronized JsonObject toJson() {
    JsonObject.Builder numbers = JsonObject.builder();
    counts.forEach((what, number) -> numbers.put(what.word, number));
    JsonObject.Builder places = JsonObject.builder();
    cursors.forEach(places::put);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("copy", copy)
            .put("stage", stage.word())
            .put("counts", numbers.build())
            .put("after", after)
            .put("cursors", places.build());
    total.ifPresent(held -> json.put("total", held.toJson()));
    round.ifPresent(asked -> json.put("restoring", asked.toJson()));
    left.put(json);
    return json.build();
  }

  /** Reads what was kept. */
  static CopyProgress of(JsonObject json) {
    CopyProgress progress = new CopyProgress(json.text("copy").orElse(""));
    progress.read(json);
    return progress;
  }

  private synchronized void read(JsonObject json) {
    stage = Stage.of(json.text("stage").orElse(""));
    JsonObject numbers = json.object("counts").orElse(JsonObject.EMPTY);
    for (Count what : Count.values()) {
      if (numbers.get(what.word) instanceof JsonNumber number) {
        counts.put(what, Long.parseLong(number.text()));
      }
    }
    left.read(json);
    after = json.text("after").orElse("");
    round = json.object("restoring").map(RestoreRound::of);
    total = json.object("total").map(CopyTotal::of);
    json.object("cursors")
        .orElse(JsonObject.EMPTY)
        .members()
        .forEach(
            (device, from) -> {
              if (from instanceof JsonString text) {
                cursors.put(device, text.value());
              }
            });
  }
}
