package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What happened when, for a slider of time: events of a kind that fall together are one tick. */
public final class TicksView {

  private static final int STEPS = 300;
  private static final int MOST_LETTERS = 2_000;
  private static final int MOST_FIRINGS = 20_000;

  /** An event on the slider. */
  public record Tick(Instant time, String kind, String text, Optional<String> trace) {}

  private record Place(long step, String kind) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int steps = Long.compare(step, other.step);
      return steps != 0 ? steps : kind.compareTo(other.kind);
    }
  }

  private TicksView() {}

  /**
   * The events of a range.
   *
   * @param further events that the caller knows of
   */
  public static JsonObject json(RunningProject twin, Instant from, Instant to, List<Tick> further) {
    List<Tick> all = new ArrayList<>(further);
    twin.live()
        .firings(LiveTwin.FiringQuery.fired(from, to), MOST_FIRINGS)
        .forEach(f -> all.add(new Tick(f.time(), "rule", f.text(), f.trace())));
    twin.control().deadLetters(MOST_LETTERS).items().stream()
        .forEach(
            l ->
                all.add(
                    new Tick(
                        l.time(),
                        "deadLetter",
                        l.function() + ": " + l.error(),
                        Optional.of(l.traceId()))));
    long step = Math.max(1, Duration.between(from, to).toMillis() / STEPS);
    TreeMap<Place, List<Tick>> together = new TreeMap<>();
    for (Tick tick : all) {
      if (!tick.time().isBefore(from) && !tick.time().isAfter(to)) {
        long at = Duration.between(from, tick.time()).toMillis() / step;
        together.computeIfAbsent(new Place(at, tick.kind()), p -> new ArrayList<>()).add(tick);
      }
    }
    List<JsonValue> items = new ArrayList<>();
    together.values().forEach(ticks -> items.add(tick(ticks)));
    return JsonObject.builder()
        .put("from", from.toString())
        .put("to", to.toString())
        .put("items", new JsonArray(items))
        .build();
  }

  private static JsonObject tick(List<Tick> together) {
    Tick first = together.getFirst();
    return JsonObject.builder()
        .put("time", first.time().toString())
        .put("kind", first.kind())
        .put("text", new JsonString(first.text()))
        .put("trace", Members.text(first.trace().filter(t -> !t.isEmpty())))
        .put("count", JsonNumber.of(together.size()))
        .build();
  }
}
