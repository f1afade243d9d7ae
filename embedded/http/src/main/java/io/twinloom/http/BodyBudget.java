package io.twinloom.http;

import java.util.concurrent.atomic.AtomicLong;

/** The room that an endpoint's request bodies may take together, in memory or on disk. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes; false, and nothing is taken, where they are not free. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) > limit) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
