package io.twinloom.worker.jvm;

import io.twinloom.worker.wire.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events that were sent ahead: each is either started, or given back, never both. What is to be
 * forgotten stands between them in its order, and is never given back.
 */
final class EventQueue {
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private long startedAt;
  private long patience;
  private boolean running;

  private static boolean isEvent(Frame frame) {
    return frame.type() == Frame.CALL;
  }

  synchronized void add(Frame call) {
    waiting.add(call);
    notifyAll();
  }

  /**
   * Waits for the next event and starts it.
   *
   * @param patienceNanos how long it may run before the events behind it are given back
   */
  synchronized Frame start(long patienceNanos) throws InterruptedException {
    running = false;
    while (waiting.isEmpty()) {
      wait();
    }
    running = true;
    startedAt = System.nanoTime();
    patience = patienceNanos;
    notifyAll();
    return waiting.remove();
  }

  /** The running event starts anew, with another patience: loading its code is done. */
  synchronized void restart(long patienceNanos) {
    startedAt = System.nanoTime();
    patience = patienceNanos;
    notifyAll();
  }

  /**
   * Waits until events stand behind one that has run for longer than its patience, and takes them.
   *
   * @param giveBack is given them before any other event can start, so that the system hears of
   *     them before it hears of a later one
   */
  synchronized void giveBackDelayed(Consumer<List<Frame>> giveBack) throws InterruptedException {
    while (true) {
      if (!running || waiting.stream().noneMatch(EventQueue::isEvent)) {
        wait();
        continue;
      }
      long left = startedAt + patience - System.nanoTime();
      if (left <= 0) {
        giveBack.accept(waiting.stream().filter(EventQueue::isEvent).toList());
        waiting.removeIf(EventQueue::isEvent);
        return;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
