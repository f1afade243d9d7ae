package io.twinloom.local.pace;

import io.twinloom.functions.port.Pace;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * As fast as the events of this process allow, and never slower than a tenth of what one thread can
 * do, so that the work ends whatever the events do. By additive increase and multiplicative
 * decrease: while the writes that events wait for are quick, a little more is done; when one of
 * twenty is late, a third less.
 *
 * <p>How much is done is a number of threads: two pieces may run together from 2.0 on; at 0.5 one
 * does, with pauses as long as itself.
 */
public final class EventPace implements Pace {

  /**
   * The write of an event is late from here on, or where one of twenty takes longer without any
   * other work, at twice that. A measurement that crosses three clouds waits for as many writes,
   * and is to be readable within 100 ms.
   */
  private static final long LATE_NANOS = Duration.ofMillis(15).toNanos();

  private static final int LATE_TIMES = 2;

  /** After so long without a piece, the writes of late had nothing beside them. */
  private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double MORE = 0.05;
  private static final double LESS = 0.67;
  static final double LEAST = 0.1;

  /** Waits on the thread that calls it. */
  @FunctionalInterface
  interface Sleeping {
    void sleep(long nanos);
  }

  /** Not a monitor: a virtual thread that waits in one keeps its carrier on JDK 21 to 23. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition ended = lock.newCondition();
  private final EventWaits waits = new EventWaits();
  private final LongSupplier nanos;
  private final Sleeping sleeping;
  private final double most;
  private double share = 1;
  private int running;
  private long nextLook;
  private long lastPiece;
  private long usual;

  /** For the events of this process. */
  public EventPace() {
    this(System::nanoTime, LockSupport::parkNanos, Runtime.getRuntime().availableProcessors());
  }

  EventPace(LongSupplier nanos, Sleeping sleeping, int most) {
    this.nanos = nanos;
    this.sleeping = sleeping;
    this.most = most;
    this.nextLook = nanos.getAsLong() + LOOK_NANOS;
    this.lastPiece = nanos.getAsLong() - IDLE_NANOS;
  }

  /** Notes how many nanoseconds a write has taken that an event waited for. */
  public void waited(long took) {
    waits.add(took);
  }

  @Override
  public <T> T run(Supplier<T> piece) {
    begin();
    long begun = nanos.getAsLong();
    try {
      return piece.get();
    } finally {
      long pause = pause(nanos.getAsLong() - begun);
      if (pause > 0) {
        sleeping.sleep(pause);
      }
      end();
    }
  }

  private void begin() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      if (running == 0 && now - lastPiece >= IDLE_NANOS) {
        usual = waits.takeHigh();
        nextLook = now + LOOK_NANOS;
      }
      look();
      while (running >= Math.max(1, (int) share)) {
        ended.awaitUninterruptibly();
      }
      running++;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running--;
      lastPiece = nanos.getAsLong();
      look();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long pause(long took) {
    double now = share();
    return now >= 1 ? 0 : Math.min(LONGEST_PAUSE_NANOS, (long) (took * (1 / now - 1)));
  }

  /** How many threads work at the moment; a part of one: with pauses. */
  double share() {
    lock.lock();
    try {
      return share;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    long now = nanos.getAsLong();
    if (now - nextLook < 0) {
      return;
    }
    nextLook = now + LOOK_NANOS;
    long high = waits.takeHigh();
    if (high == 0) {
      share = most;
    } else if (high > Math.max(LATE_NANOS, LATE_TIMES * usual)) {
      share = Math.max(LEAST, share * LESS);
    } else {
      share = Math.min(most, share + MORE);
    }
  }
}
