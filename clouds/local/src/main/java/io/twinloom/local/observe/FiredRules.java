package io.twinloom.local.observe;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest events of rules: fired, skipped, and commands to devices. They are kept apart from the
 * log, which leaves lines out where there are too many. Safe for threads.
 */
public final class FiredRules {

  private static final int KEPT = 10_000;

  /** A rule fires in a function that ends soon after. */
  private static final int RECENT = 32;

  /**
   * Something that a rule did.
   *
   * @param kind {@code fired}, {@code skipped} or {@code command}
   * @param fields that name the rule, device, event and reason, as the function noted them
   */
  public record Fired(
      Instant time,
      String kind,
      String function,
      String trace,
      String text,
      Map<String, String> fields) {
    public Fired {
      fields = Map.copyOf(fields);
    }
  }

  private final Deque<Fired> newest = new ArrayDeque<>();
  private final Map<String, String> deviceOf = new HashMap<>();

  synchronized void add(Fired fired) {
    newest.addLast(fired);
    if (newest.size() > KEPT) {
      deviceOf.remove(newest.removeFirst().trace());
    }
  }

  /**
   * Notes what a function said, where that is of a rule.
   *
   * @param text such as {@code Rule 1 fires: …}
   */
  public void note(
      Instant now, String function, String trace, String text, Map<String, String> fields) {
    kind(text, fields).ifPresent(k -> add(new Fired(now, k, function, trace, text, fields)));
  }

  private static Optional<String> kind(String text, Map<String, String> fields) {
    if (!fields.containsKey("rule")) {
      return text.startsWith("Command") && fields.containsKey("device")
          ? Optional.of("command")
          : Optional.empty();
    }
    if (text.contains(" fires")) {
      return Optional.of("fired");
    }
    return text.contains("skipped") ? Optional.of("skipped") : Optional.of("command");
  }

  /** The device of a trace is known once its function has ended. */
  public synchronized void device(String trace, String device) {
    if (newest.isEmpty() || trace.isEmpty() || device.isEmpty()) {
      return;
    }
    Iterator<Fired> back = newest.descendingIterator();
    for (int i = 0; i < RECENT && back.hasNext(); i++) {
      if (back.next().trace().equals(trace)) {
        deviceOf.put(trace, device);
        return;
      }
    }
  }

  /** The device that something was for; empty where that is not known. */
  public synchronized Optional<String> device(Fired fired) {
    return Optional.ofNullable(fired.fields().get("device"))
        .or(() -> Optional.ofNullable(deviceOf.get(fired.trace())));
  }

  /** All that is kept, the newest first. */
  public synchronized List<Fired> newestFirst() {
    List<Fired> all = new ArrayList<>(newest);
    return all.reversed();
  }
}
