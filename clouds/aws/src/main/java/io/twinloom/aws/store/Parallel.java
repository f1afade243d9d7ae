package io.twinloom.aws.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Several requests to a service at once, since each waits for its answer. */
final class Parallel {

  private Parallel() {}

  /**
   * Does something with each element, with {@code atOnce} of them at a time, and returns what came
   * of each, in order. Where one fails, no further one begins, and its failure is thrown once
   * nothing runs any more.
   */
  static <T, R> List<R> map(int atOnce, List<T> elements, Function<T, R> work) {
    int workers = Math.min(atOnce, elements.size());
    if (workers <= 1) {
      return elements.stream().map(work).toList();
    }
    List<Future<R>> results = new ArrayList<>();
    AtomicInteger failed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      for (T element : elements) {
        results.add(threads.submit(guarded(() -> work.apply(element), failed)));
      }
      return collect(results);
    } finally {
      threads.shutdown();
    }
  }

  private static <R> Callable<R> guarded(Callable<R> work, AtomicInteger failed) {
    return () -> {
      if (failed.get() > 0) {
        throw new NotBegun();
      }
      try {
        return work.call();
      } catch (RuntimeException e) {
        failed.incrementAndGet();
        throw e;
      }
    };
  }

  private static <R> List<R> collect(List<Future<R>> results) {
    List<R> done = new ArrayList<>(results.size());
    RuntimeException failure = null;
    for (Future<R> result : results) {
      try {
        done.add(result.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof NotBegun)) {
          failure =
              e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a store was asked", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return done;
  }

  /** Another element failed before this one's turn came. */
  private static final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
