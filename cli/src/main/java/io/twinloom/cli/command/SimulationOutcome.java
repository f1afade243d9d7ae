package io.twinloom.cli.command;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What became of the messages of a simulation.
 *
 * @param stored items of the messages
 * @param dead dead letters since then
 * @param waiting events that were not finished when the patience was over
 */
record SimulationOutcome(long stored, List<DeadLetterEntry> dead, long waiting) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(200);

  SimulationOutcome {
    dead = List.copyOf(dead);
  }

  /** Waits until nothing waits any more in the twin, and counts. */
  static SimulationOutcome await(
      TwinControl twin, List<String> devices, SentTimes times, Instant start)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long waiting = twin.status().backlog();
    while (waiting > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
      waiting = twin.status().backlog();
    }
    long stored = 0;
    for (String device : devices) {
      stored += count(twin, device, times);
    }
    List<DeadLetterEntry> dead =
        twin.deadLetters().items().stream().filter(l -> !l.time().isBefore(start)).toList();
    return new SimulationOutcome(stored, dead, waiting);
  }

  private static long count(TwinControl twin, String device, SentTimes times) {
    long count = 0;
    HistoryRequest.Builder request =
        HistoryRequest.of(device).from(Optional.of(times.from(device)));
    Optional<String> next = Optional.empty();
    do {
      HistoryPage page = twin.query(request.page(next).build());
      count +=
          page.items().stream()
              .filter(i -> i.text("timestamp").filter(t -> times.has(device, t)).isPresent())
              .count();
      next = page.nextToken();
    } while (next.isPresent());
    return count;
  }

  boolean isComplete() {
    return dead.isEmpty() && waiting == 0;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(Count.of(stored) + " stored, " + Count.of(dead.size(), "dead letter"));
    if (waiting > 0) {
      lines.add("  " + Count.of(waiting, "event waits", "events wait") + " to be tried (again)");
    }
    for (DeadLetterGroup group : DeadLetterGroup.of(dead)) {
      lines.add(
          "  "
              + Count.of(group.letters().size())
              + " × "
              + Printable.line(group.newest().error())
              + " ("
              + Printable.line(group.newest().function())
              + ")");
    }
    return lines;
  }

  void writeTo(JsonObject.Builder json) {
    json.put("stored", stored)
        .put("waiting", waiting)
        .put(
            "deadLetters",
            new JsonArray(
                DeadLetterGroup.of(dead).stream()
                    .<JsonValue>map(DeadLetterGroup::toJson)
                    .toList()));
  }
}
