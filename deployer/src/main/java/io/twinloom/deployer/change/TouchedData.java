package io.twinloom.deployer.change;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Data that a change of a deployed twin touches.
 *
 * @param store its name
 * @param cloud where it is
 * @param held how much of it
 * @param source where the figures are from, for people
 * @param asOf when they were true
 * @param to the cloud that it goes to, where it goes anywhere
 * @param mode what becomes of it
 * @param reachable what can be read of it afterwards, for people: a sentence without a full stop
 */
public record TouchedData(
    String store,
    Provider cloud,
    Amount held,
    String source,
    Instant asOf,
    Optional<Provider> to,
    Mode mode,
    String reachable) {

  /** How fast a copy is assumed to be, for people. */
  public static final String ASSUMED = "1,000 items, or 10 MB of chunks, a second";

  private static final long ITEMS_A_SECOND = 1_000;
  private static final long CHUNK_BYTES_A_SECOND = 10_000_000;

  private static final double MEGABYTE = 1e6;

  /** What becomes of data. */
  public enum Mode {
    /** It stays where it is. */
    STAYS,
    /** It is copied to the cloud that its layer moves to. */
    COPIED,
    /** The next run of a mover moves it to the next tier. */
    MOVES
  }

  /**
   * A store and what it holds.
   *
   * @param store its name
   * @param source where the figures are from, for people
   */
  public record Stored(String store, Provider cloud, Amount held, String source) {}

  /**
   * How much there is.
   *
   * @param unit {@code items} or {@code chunks}, {@code events} of a queue
   * @param bytes of the items' JSON
   * @param oldest the time of the oldest item, where there are any
   */
  public record Amount(
      String unit, long count, long bytes, Optional<String> oldest, Optional<String> newest) {

    /** Nothing. */
    public static Amount none(String unit) {
      return new Amount(unit, 0, 0, Optional.empty(), Optional.empty());
    }
  }

  /** What becomes of the store of a tier that moves. */
  public static TouchedData ofMove(
      Layer tier, Stored stored, Instant asOf, Optional<Provider> to, boolean copied) {
    return new TouchedData(
        stored.store(),
        stored.cloud(),
        stored.held(),
        stored.source(),
        asOf,
        copied ? to : Optional.empty(),
        copied ? Mode.COPIED : Mode.STAYS,
        copied
            ? "It is copied while the twin goes on, and readable all the time"
            : "It stays there and is read beside the new store"
                + (tier == Layer.L3_ARCHIVE
                    ? ""
                    : "; what gets too old for it goes to the next tier"));
  }

  /** Whether it goes to another cloud. */
  public boolean isCopied() {
    return mode == Mode.COPIED;
  }

  /** How long its copy takes at the speed that is assumed; none where it is not copied. */
  public Duration copying() {
    if (!isCopied()) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(
        held.unit().equals("items")
            ? Math.ceilDiv(held.count(), ITEMS_A_SECOND)
            : Math.ceilDiv(held.bytes(), CHUNK_BYTES_A_SECOND));
  }

  /** For machines: an element of the member {@code data} of a change. */
  public JsonObject json() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("store", store)
            .put("cloud", cloud.id())
            .put(held.unit(), held.count())
            .put("bytes", held.bytes());
    held.oldest().ifPresent(time -> json.put("oldest", time));
    held.newest().ifPresent(time -> json.put("newest", time));
    json.put("source", source).put("asOf", asOf.toString());
    to.ifPresent(other -> json.put("to", other.id()));
    return json.put("mode", mode.name().toLowerCase(Locale.ROOT))
        .put("reachable", reachable)
        .build();
  }

  /** For people. */
  public String text() {
    return store
        + " on "
        + cloud.id()
        + ": "
        + String.format(Locale.ROOT, "%,d %s, ", held.count(), held.unit())
        + megabytes(held.bytes())
        + held.oldest().map(o -> ", " + o + " to " + held.newest().orElse(o)).orElse("")
        + to.map(other -> ", to " + other.id()).orElse("")
        + ". "
        + reachable
        + ". ("
        + source
        + ".)";
  }

  /** A size in megabytes of a million bytes, for people. */
  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }

  /**
   * A change as {@code plan --json} has it.
   *
   * @param data what it touches
   */
  public static JsonObject json(ProjectChange change, List<TouchedData> data) {
    List<JsonValue> phases =
        change.items().stream()
            .<JsonValue>map(
                item ->
                    JsonObject.builder()
                        .put("kind", item.effect().name().toLowerCase(Locale.ROOT))
                        .put("what", item.what())
                        .build())
            .toList();
    List<JsonValue> touched = data.stream().<JsonValue>map(TouchedData::json).toList();
    return JsonObject.builder()
        .put("phases", new JsonArray(phases))
        .put("data", new JsonArray(touched))
        .build();
  }
}
