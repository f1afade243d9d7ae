package io.twinloom.worker.jvm;

import io.twinloom.worker.wire.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The events that were sent ahead: each is either started, or given back, never both. What is to be
 * forgotten stands between them in its order, and is never given back.
 *
 * <p>The thread that gives back is woken only where it would look too late, not for each event: of
 * quick ones thousands begin in a second.
 */
final class EventQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition behind = lock.newCondition();
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private long startedAt;
  private long patience;
  private boolean running;
  private boolean watcherIdles;
  private long watcherLooksAt;

  private static boolean isEvent(Frame frame) {
    return frame.type() == Frame.CALL;
  }

  void add(Frame call) {
    lock.lock();
    try {
      waiting.add(call);
      arrived.signal();
      watch();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next event and starts it.
   *
   * @param patienceNanos how long it may run before the events behind it are given back
   */
  Frame start(long patienceNanos) throws InterruptedException {
    lock.lock();
    try {
      running = false;
      while (waiting.isEmpty()) {
        arrived.await();
      }
      running = true;
      startedAt = System.nanoTime();
      patience = patienceNanos;
      Frame next = waiting.remove();
      watch();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** The running event starts anew, with another patience: loading its code is done. */
  void restart(long patienceNanos) {
    lock.lock();
    try {
      startedAt = System.nanoTime();
      patience = patienceNanos;
      watch();
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    boolean late = watcherIdles || watcherLooksAt - (startedAt + patience) > 0;
    if (running && late && !waiting.isEmpty()) {
      behind.signal();
    }
  }

  /**
   * Waits until events stand behind one that has run for longer than its patience, and takes them.
   *
   * @param giveBack is given them before any other event can start, so that the system hears of
   *     them before it hears of a later one
   */
  void giveBackDelayed(Consumer<List<Frame>> giveBack) throws InterruptedException {
    lock.lock();
    try {
      for (long left; (left = left()) > 0; ) {
        watcherIdles = left == Long.MAX_VALUE;
        watcherLooksAt = startedAt + patience;
        try {
          if (watcherIdles) {
            behind.await();
          } else {
            var unused = behind.await(left, TimeUnit.NANOSECONDS);
          }
        } finally {
          watcherIdles = false;
        }
      }
      giveBack.accept(waiting.stream().filter(EventQueue::isEvent).toList());
      waiting.removeIf(EventQueue::isEvent);
    } finally {
      lock.unlock();
    }
  }

  /** How long the events that wait go on waiting; for ever where none stands behind another. */
  private long left() {
    if (!running || waiting.stream().noneMatch(EventQueue::isEvent)) {
      return Long.MAX_VALUE;
    }
    return startedAt + patience - System.nanoTime();
  }
}
