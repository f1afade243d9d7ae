package io.twinloom.functions.http;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A function as its host sees it, whatever the target. Every method may be called by any thread.
 */
public interface HostedFunction {

  /**
   * Runs the function on an event, called directly or asynchronously.
   *
   * @return its result; an object without members where it has none to give
   * @throws io.twinloom.model.TwinloomException if it failed: an asynchronous host tries again
   */
  JsonValue invoke(JsonObject event);

  /**
   * Runs the function on events that wait for it together, each of which succeeds or fails by
   * itself. Never throws.
   *
   * @param later takes what the events pass on, in place of the cloud's own invoker
   * @return an outcome for each event, in order
   */
  List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later);

  /** Whether one run may be given several events; else each has a run of its own. */
  default boolean takesBatches() {
    return false;
  }

  /**
   * What events must have in common to be given to one run.
   *
   * @param event read only where it is asked for
   */
  default String lane(Supplier<JsonObject> event) {
    return "";
  }

  /**
   * What can be refused from a request's head alone, in the order method, token, announced size; a
   * host that streams asks this before it reads the body.
   */
  Optional<HttpAnswer> refuse(HttpHead head);

  /** Answers a request; does all that {@link #refuse} does first. Never throws. */
  HttpAnswer receive(HttpHead head, byte[] body);

  /**
   * Answers a request whose body the cloud's front passed on in base64 ({@code isBase64Encoded} of
   * an AWS Function URL). Text that is not base64 is refused, after all else that {@link #refuse}
   * asks. Never throws.
   */
  default HttpAnswer receiveBase64(HttpHead head, String body) {
    return refuse(head)
        .orElseGet(
            () -> {
              try {
                return receive(head, Base64.getDecoder().decode(body));
              } catch (IllegalArgumentException e) {
                return HttpAnswer.error(400, "The body is not valid base64.");
              }
            });
  }

  /** Whether the function has an HTTP endpoint at all. */
  boolean isReceiver();
}
