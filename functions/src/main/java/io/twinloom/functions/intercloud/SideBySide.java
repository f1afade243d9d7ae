package io.twinloom.functions.intercloud;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** Does the same for several things, some of them at a time. */
final class SideBySide {

  /** So many at a time. */
  static final int MOST = 16;

  private SideBySide() {}

  /**
   * Does something for each number from 0 to {@code count}, exclusive; returns when all is done.
   */
  static void run(int count, IntConsumer work) {
    if (count == 1) {
      work.accept(0);
      return;
    }
    for (int from = 0; from < count; from += MOST) {
      List<CompletableFuture<Void>> running = new ArrayList<>(MOST);
      for (int i = from; i < Math.min(count, from + MOST); i++) {
        int number = i;
        running.add(
            CompletableFuture.runAsync(() -> work.accept(number), Thread::startVirtualThread));
      }
      running.forEach(CompletableFuture::join);
    }
  }
}
