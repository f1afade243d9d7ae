package io.twinloom.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Batches that form by themselves: a few runs at a time, each of which takes all that waits, up to
 * a limit. Where nothing waits, an element starts at once and alone.
 */
final class NaturalBatches<T> {

  /** As many elements one run takes at most, as the product does. */
  static final int MOST = 100;

  private final int runs;
  private final Consumer<List<T>> work;
  private final Deque<T> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param runs so many run at a time at most
   * @param work is given what waits, on a virtual thread
   */
  NaturalBatches(int runs, Consumer<List<T>> work) {
    this.runs = runs;
    this.work = work;
  }

  void add(T element) {
    addAll(List.of(element));
  }

  synchronized void addAll(List<T> elements) {
    waiting.addAll(elements);
    int wanted = (waiting.size() + MOST - 1) / MOST;
    for (; running < runs && wanted > 0; wanted--) {
      running++;
      Thread.startVirtualThread(this::run);
    }
  }

  private void run() {
    for (List<T> batch = take(); !batch.isEmpty(); batch = take()) {
      work.accept(batch);
    }
  }

  private synchronized List<T> take() {
    List<T> batch = new ArrayList<>(Math.min(MOST, waiting.size()));
    while (batch.size() < MOST && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    if (batch.isEmpty()) {
      running--;
    }
    return batch;
  }
}
