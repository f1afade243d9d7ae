package io.twinloom.functions.pipeline;

import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RepeatedRequests;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The HTTP endpoint of a receiver.
 *
 * @param guard what a request must have to be admitted
 * @param repeated what answers a repeated signed request as before; empty where a repeat has no
 *     effect by nature
 * @param alwaysUsed whether the function is there for its connections alone; others may have none
 */
public record Endpoint(
    ReceiverGuard guard, Optional<RepeatedRequests> repeated, boolean alwaysUsed) {

  /** That of a function which is there for its connections alone. */
  public Endpoint(ReceiverGuard guard, Optional<RepeatedRequests> repeated) {
    this(guard, repeated, true);
  }

  /** Answers an admitted request: as before where it is a repeat, else as the function does. */
  HttpAnswer answer(HttpHead head, byte[] body, Supplier<HttpAnswer> function) {
    return repeated.isPresent() && guard.isSigned(head)
        ? repeated.get().once(head, body, function)
        : function.get();
  }
}
