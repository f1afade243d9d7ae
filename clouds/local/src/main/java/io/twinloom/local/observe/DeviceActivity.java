package io.twinloom.local.observe;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one device has sent since the start, and what was refused of it. Safe for threads. */
public final class DeviceActivity {

  private static final int MOST_CODES = 50;

  /** A message that was refused. */
  public record Refusal(Instant time, String code, String reason) {}

  private final Map<String, Long> refused = new TreeMap<>();
  private long messages;
  private @Nullable Instant lastSeen;
  private @Nullable Refusal lastRefusal;

  synchronized void seen(Instant now) {
    messages++;
    lastSeen = now;
  }

  synchronized void refused(Refusal refusal) {
    lastRefusal = refusal;
    if (refused.size() < MOST_CODES || refused.containsKey(refusal.code())) {
      refused.merge(refusal.code(), 1L, Long::sum);
    }
  }

  public synchronized long messages() {
    return messages;
  }

  /** When the channel last acknowledged a message of it. */
  public synchronized Optional<Instant> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /** The last message that was refused. */
  public synchronized Optional<Refusal> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  /** How many messages were refused, by error code. */
  public synchronized Map<String, Long> refused() {
    return Map.copyOf(refused);
  }
}
