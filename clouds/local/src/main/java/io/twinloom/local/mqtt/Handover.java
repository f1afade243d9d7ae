package io.twinloom.local.mqtt;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a message is safe everywhere it goes to: the intake, and the sessions on disk. It is
 * one object for all that, since there is one for every message.
 */
abstract class Handover implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  /** How a message was received, in the terms of an acknowledgement. */
  enum Outcome {
    TAKEN,
    NOBODY_LISTENS,
    NOT_A_TOPIC,
    NOT_ALLOWED,
    FULL,
    FAILED
  }

  private final AtomicInteger open = new AtomicInteger(1);
  private volatile Outcome outcome = Outcome.TAKEN;
  private volatile @Nullable Throwable failure;

  /** Also waits for this. */
  final void await(CompletionStage<?> part) {
    open.incrementAndGet();
    part.whenComplete(this);
  }

  /** Nothing more will be waited for: it finishes when what was given is finished. */
  final void handedOver(Outcome now) {
    if (now != Outcome.TAKEN) {
      outcome = now;
    }
    release();
  }

  /** Called as a part ends. */
  @Override
  public final void accept(@Nullable Object result, @Nullable Throwable error) {
    if (error != null) {
      failure = error;
      outcome = Outcome.FAILED;
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

  final Outcome outcome() {
    return outcome;
  }

  final @Nullable Throwable failure() {
    return failure;
  }

  /** Everything has ended; called once, on any thread. */
  abstract void finished();
}
