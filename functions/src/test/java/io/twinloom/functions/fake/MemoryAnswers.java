package io.twinloom.functions.fake;

import io.twinloom.functions.port.RecordedAnswers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Recorded answers in memory. */
public final class MemoryAnswers implements RecordedAnswers {

  private record Kept(Recorded recorded, Instant until) {}

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @Override
  public Optional<Recorded> find(String request, Instant now) {
    return Optional.ofNullable(kept.get(request))
        .filter(k -> !k.until().isBefore(now))
        .map(Kept::recorded);
  }

  @Override
  public void record(String request, Recorded recorded, Instant now, Instant until) {
    kept.values().removeIf(k -> k.until().isBefore(now));
    kept.putIfAbsent(request, new Kept(recorded, until));
  }
}
