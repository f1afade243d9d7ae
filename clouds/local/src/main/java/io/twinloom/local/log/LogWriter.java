package io.twinloom.local.log;

import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes the log of all local clouds. Lines are built into one of two buffers under a lock that is
 * held for less than a microsecond; a thread swaps the two and writes. A line for which there is no
 * room is dropped and counted, and the log itself says so as soon as there is room again.
 */
public final class LogWriter implements AutoCloseable {

  /**
   * What became of the lines.
   *
   * @param written are in a file
   * @param dropped found no room, or could not be written
   */
  public record Counts(long written, long dropped) {}

  private final InstantSource clock;
  private final LogLimits limits;
  private final LogFiles files;
  private final NoteLimiter notes;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private LineBuffer filling;
  private LineBuffer spare;
  private boolean closing;
  private long written;
  private long dropped;
  private long droppedReported;

  private LogWriter(LogFiles files, LogLimits limits, InstantSource clock) {
    this.files = files;
    this.limits = limits;
    this.clock = clock;
    this.notes = new NoteLimiter(limits);
    this.filling = new LineBuffer(limits.bufferBytes());
    this.spare = new LineBuffer(limits.bufferBytes());
    this.thread = Thread.ofPlatform().name("log").daemon(true).unstarted(this::writeAll);
  }

  /**
   * Opens the log of a folder, which is made owner-only where it is not there.
   *
   * @throws StoreException if it cannot be written
   */
  public static LogWriter open(Path folder, InstantSource clock) {
    return open(folder, clock, LogLimits.defaults());
  }

  static LogWriter open(Path folder, InstantSource clock, LogLimits limits) {
    try {
      LogWriter writer = new LogWriter(new LogFiles(folder, limits), limits, clock);
      writer.thread.start();
      return writer;
    } catch (IOException e) {
      throw new StoreException("The log cannot be opened: " + e, folder.toString(), e);
    }
  }

  InstantSource clock() {
    return clock;
  }

  /** Which notes may be written; the lock is held while it is asked. */
  boolean allows(NoteLimiter.Note note, Instant now) {
    lock.lock();
    try {
      return notes.allows(note, now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a line, or counts it as dropped.
   *
   * @param most the bytes that it takes at most
   * @param line builds the line; it is called at once or never
   */
  void line(Level level, int most, Consumer<LineBuffer> line) {
    lock.lock();
    try {
      int kept = level.compareTo(Level.WARN) >= 0 ? 0 : limits.bufferBytes() / 4;
      if (closing || filling.room() < most + kept) {
        dropped++;
        return;
      }
      int start = filling.length();
      try {
        line.accept(filling);
      } catch (RuntimeException e) {
        // Reporting must not fail a function; half a line must not spoil its neighbours.
        filling.cut(start);
        dropped++;
      }
      if (filling.length() > limits.bufferBytes() / 4) {
        wake.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  public Counts counts() {
    lock.lock();
    try {
      return new Counts(written, dropped);
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() {
    boolean open = true;
    while (open) {
      LineBuffer full;
      lock.lock();
      try {
        if (!closing && filling.length() <= limits.bufferBytes() / 4) {
          var unused = wake.await(limits.flush().toNanos(), TimeUnit.NANOSECONDS);
        }
        open = !closing;
        report();
        full = filling;
        filling = spare;
        spare = full;
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
      write(full);
    }
  }

  /** Under the lock: says what was left out. */
  private void report() {
    Instant now = clock.instant();
    notes.ended(
        now,
        closing,
        (note, count) -> {
          if (filling.room() > note.bytes() + LineBuffer.FIXED) {
            note.write(filling, now, count);
          }
        });
    if (dropped > droppedReported && filling.room() > LineBuffer.FIXED) {
      filling.begin(now);
      filling.raw(",\"level\":\"WARN\",\"message\":\"Lines of the log were dropped\",\"dropped\":");
      filling.number(dropped - droppedReported);
      filling.end();
      droppedReported = dropped;
    }
  }

  private void write(LineBuffer full) {
    if (full.length() == 0) {
      return;
    }
    boolean failed = false;
    try {
      files.append(full.content());
    } catch (IOException e) {
      failed = true;
    }
    lock.lock();
    try {
      if (failed) {
        dropped += full.lines();
      } else {
        written += full.lines();
      }
    } finally {
      lock.unlock();
    }
    full.clear();
  }

  /** Writes what waits, and closes the files. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
      files.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Nothing waits any more: what the system could not write is lost either way.
      return;
    }
  }
}
