package io.twinloom.local.deploy;

import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A process, distinguished from a later one that was given the same number by when it started.
 *
 * @param started as the system tells it; empty where it does not
 */
record ProcessId(long pid, Optional<Instant> started) {

  /** Systems derive a process's start from the clock: it may read a little differently later. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  static ProcessId ofThis() {
    return of(ProcessHandle.current());
  }

  static ProcessId of(ProcessHandle process) {
    return new ProcessId(process.pid(), process.info().startInstant());
  }

  /** The process, if it is still alive. */
  Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(ProcessId::hasProgram)
        .filter(this::isSame);
  }

  /** One that has ended, and that its parent has not asked after yet, has no program any more. */
  private static boolean hasProgram(ProcessHandle process) {
    return process.info().command().isPresent();
  }

  private boolean isSame(ProcessHandle process) {
    Optional<Instant> now = process.info().startInstant();
    return started.isEmpty()
        || now.isEmpty()
        || Duration.between(started.get(), now.get()).abs().compareTo(TOLERANCE) <= 0;
  }

  JsonObject.Builder writeTo(JsonObject.Builder json) {
    json.put("pid", pid);
    started.ifPresent(s -> json.put("started", s.toString()));
    return json;
  }

  static Optional<ProcessId> readFrom(JsonObject json) {
    if (!(json.get("pid") instanceof io.twinloom.json.JsonNumber pid) || !pid.isWhole()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessId(pid.asDecimal().longValue(), json.text("started").map(Instant::parse)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
