package io.twinloom.worker;

import io.twinloom.worker.wire.Frame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One event on its way through user code. What changes is guarded by the lock of its pool. */
final class Call {
  final long id;
  final HostedCode code;
  final String trace;
  final byte[] event;

  /** Completes with what the function returned, or with an {@code WorkerException}. */
  final CompletableFuture<byte[]> answer;

  /** When it last began to wait for a worker, by the pool's clock. */
  long waitingSince;

  /**
   * Whether a worker died while it ran. Other functions had been in that worker, and may have left
   * it ill, so the event is tried once more where nothing else has been.
   */
  boolean diedOnce;

  Call(long id, HostedCode code, String trace, byte[] event, long now) {
    this(id, code, trace, event, now, new CompletableFuture<>());
  }

  private Call(
      long id,
      HostedCode code,
      String trace,
      byte[] event,
      long now,
      CompletableFuture<byte[]> answer) {
    this.answer = answer;
    this.id = id;
    this.code = code;
    this.trace = trace;
    this.event = event;
    this.waitingSince = now;
  }

  /** The same call, which has not started, of another version of its function. */
  Call of(HostedCode other) {
    return other == code ? this : new Call(id, other, trace, event, waitingSince, answer);
  }

  /** Waits until all have ended; says how each has, in order. */
  static List<CallResult> awaitAll(List<Call> calls) {
    // At once: who waits for one after the other is woken for each.
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            calls.stream().map(c -> c.answer).toArray(CompletableFuture[]::new));
    try {
      var unused = all.handle((done, failed) -> done).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return calls.stream().map(Call::await).toList();
  }

  /** Waits for what the function returns, or for the error why it does not. */
  CallResult await() {
    try {
      return new CallResult.Returned(answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerException ours) {
        return new CallResult.Failed(ours);
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallResult.Failed(code.closed());
    }
  }

  int size() {
    return event.length + Frame.HEAD_BYTES + Integer.BYTES;
  }
}
