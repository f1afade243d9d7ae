package io.twinloom.functions.fake;

import io.twinloom.functions.port.RecordedAnswers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Recorded answers in memory. */
public final class MemoryAnswers implements RecordedAnswers {

  private record Kept(byte[] answer, Instant until) {}

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> find(String request, Instant now) {
    return Optional.ofNullable(kept.get(request))
        .filter(k -> !k.until().isBefore(now))
        .map(Kept::answer);
  }

  @Override
  public void record(String request, byte[] answer, Instant now, Instant until) {
    kept.values().removeIf(k -> k.until().isBefore(now));
    kept.putIfAbsent(request, new Kept(answer.clone(), until));
  }
}
