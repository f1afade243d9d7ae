package io.twinloom.functions.fake;

import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.StoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What was noted of devices, in memory. */
public final class MemorySeenDevices implements SeenDevices {

  private final Map<String, Instant> times = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean failing;

  /** From now on it fails, or no more. */
  public void fail(boolean fails) {
    failing = fails;
  }

  public int writes() {
    return writes.get();
  }

  private void check() {
    if (failing) {
      throw new StoreException("Nothing is noted.", "state", new IllegalStateException("down"));
    }
  }

  @Override
  public void note(String device, Instant time) {
    check();
    writes.incrementAndGet();
    times.put(device, time);
  }

  @Override
  public Optional<Instant> lastSeen(String device) {
    check();
    return Optional.ofNullable(times.get(device));
  }
}
