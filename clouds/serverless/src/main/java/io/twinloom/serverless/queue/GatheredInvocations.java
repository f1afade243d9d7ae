package io.twinloom.serverless.queue;

import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Passes on together what several runs at once pass on, so that a batch stays one where each of its
 * events has user code of its own. A run waits for the others, but not long for a slow one.
 */
final class GatheredInvocations implements AsyncInvoker {

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private record Waiting(
      List<List<Handed>> byCause,
      CompletableFuture<List<List<Optional<InvocationException>>>> refusals) {}

  private final AsyncInvoker to;
  private List<Waiting> waiting = new ArrayList<>();
  private boolean gathering;
  private int active;

  /**
   * @param runs that may pass something on
   */
  GatheredInvocations(AsyncInvoker to, int runs) {
    this.to = to;
    this.active = runs;
  }

  /** A run passes nothing more on. */
  synchronized void ended() {
    active--;
    notifyAll();
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    to.invokeLater(function, event);
  }

  @Override
  public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
    Waiting own = new Waiting(byCause, new CompletableFuture<>());
    if (isFirst(own)) {
      send(gathered());
    }
    return own.refusals().join();
  }

  private synchronized boolean isFirst(Waiting own) {
    waiting.add(own);
    notifyAll();
    boolean first = !gathering;
    gathering = true;
    return first;
  }

  private synchronized List<Waiting> gathered() {
    long end = System.nanoTime() + LONGEST_NANOS;
    try {
      while (waiting.size() < active && end - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Waiting> all = waiting;
    waiting = new ArrayList<>();
    gathering = false;
    return all;
  }

  private void send(List<Waiting> all) {
    List<List<Handed>> byCause = new ArrayList<>();
    all.forEach(one -> byCause.addAll(one.byCause()));
    try {
      List<List<Optional<InvocationException>>> refusals = to.handOn(byCause);
      int from = 0;
      for (Waiting one : all) {
        int end = from + one.byCause().size();
        one.refusals().complete(List.copyOf(refusals.subList(from, end)));
        from = end;
      }
    } catch (RuntimeException e) {
      all.forEach(one -> one.refusals().completeExceptionally(e));
    }
  }
}
