package io.twinloom.mqtt;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes when a message is safe everywhere it goes to: its consumer, and the stored sessions. It
 * is one object for all that, since there is one for every message.
 */
abstract class PublishCompletion implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  private final AtomicInteger open = new AtomicInteger(1);
  private volatile PublishOutcome outcome = PublishOutcome.ACCEPTED;
  private volatile @Nullable Throwable failure;

  /** Also waits for this. */
  final void await(CompletionStage<?> part) {
    expect();
    part.whenComplete(this);
  }

  /** Also waits for a part that reports its end to this. */
  final void expect() {
    open.incrementAndGet();
  }

  /** Nothing more is added: it finishes when the parts that it waits for have ended. */
  final void submitted(PublishOutcome now) {
    if (now != PublishOutcome.ACCEPTED) {
      outcome = now;
    }
    release();
  }

  /** Called as a part ends. */
  @Override
  public final void accept(@Nullable Object result, @Nullable Throwable error) {
    if (error != null) {
      failure = error;
      outcome = PublishOutcome.FAILED;
    }
    release();
  }

  private void release() {
    if (open.decrementAndGet() == 0) {
      finished();
    }
  }

  final boolean isFinished() {
    return open.get() == 0;
  }

  final PublishOutcome outcome() {
    return outcome;
  }

  final @Nullable Throwable failure() {
    return failure;
  }

  /** Everything has ended; called once, on any thread. */
  abstract void finished();
}
