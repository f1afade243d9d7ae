package io.twinloom.cli.command;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What became of dead letters that were replayed, as far as it was waited for.
 *
 * @param back letters that are dead again: new ones, which name those that were replayed
 * @param waiting how many events were still being tried, or waited to be tried again
 */
record ReplayOutcome(ReplayReport report, List<DeadLetterEntry> back, long waiting) {

  private static final Duration STEP = Duration.ofMillis(100);

  ReplayOutcome {
    back = List.copyOf(back);
  }

  /**
   * Replays, and looks for what comes back.
   *
   * @param ids which ones; empty: all
   * @param patience how long to wait for it at most
   */
  static ReplayOutcome of(TwinControl twin, List<String> ids, Duration patience)
      throws InterruptedException {
    Set<String> before = new HashSet<>();
    twin.deadLetters().items().forEach(letter -> before.add(letter.id()));
    Set<String> replayed = ids.isEmpty() ? before : Set.copyOf(ids);
    ReplayReport report = twin.replay(ids);
    long end = System.nanoTime() + patience.toNanos();
    long waiting = 0;
    List<DeadLetterEntry> back = List.of();
    while (report.replayed() > 0 && System.nanoTime() < end) {
      // Asked in this order: what has left the queue is a letter by then, if it becomes one.
      waiting = twin.status().backlog();
      back =
          twin.deadLetters().items().stream()
              .filter(letter -> !before.contains(letter.id()))
              .filter(letter -> letter.replayOf().filter(replayed::contains).isPresent())
              .toList();
      if (waiting == 0 || back.size() >= report.replayed()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
    return new ReplayOutcome(report, back, waiting);
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (DeadLetterGroup group : DeadLetterGroup.of(back)) {
      lines.add(
          "  "
              + Count.of(group.letters().size())
              + " came back: "
              + Printable.line(group.newest().error())
              + " ("
              + Printable.line(group.newest().function())
              + ")");
    }
    long through = report.replayed() - back.size();
    if (waiting > 0) {
      lines.add(
          "  "
              + Count.of(waiting, "event waits", "events wait")
              + " to be tried, or tried again: see 'twinloom status'.");
    } else if (through > 0) {
      lines.add("  " + Count.of(through) + " went through.");
    }
    return lines;
  }

  JsonObject toJson() {
    List<JsonValue> again = new ArrayList<>();
    for (DeadLetterEntry letter : back) {
      again.add(
          JsonObject.builder()
              .put("id", letter.id())
              .put("function", letter.function())
              .put("error", letter.error())
              .put("replay_of", letter.replayOf().orElse(""))
              .build());
    }
    return DeadLettersJson.write(report).toBuilder()
        .put("cameBack", new JsonArray(again))
        .put("waiting", waiting)
        .build();
  }
}
