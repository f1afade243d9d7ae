package io.twinloom.functions;

import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** A function as its host sees it, whatever the target. Every method may be called by any thread. */
public interface HostedFunction {

  /**
   * Runs the function on an event, called directly or asynchronously.
   *
   * @return its result; an object without members where it has none to give
   * @throws io.twinloom.model.TwinloomException if it failed: an asynchronous host tries again
   */
  JsonValue invoke(JsonObject event);

  /**
   * What can be refused from a request's head alone, in the order method, token, announced size; a
   * host that streams asks this before it reads the body.
   */
  Optional<HttpAnswer> refuse(HttpHead head);

  /** Answers a request; does all that {@link #refuse} does first. Never throws. */
  HttpAnswer receive(HttpHead head, byte[] body);

  /** Whether the function has an HTTP endpoint at all. */
  boolean isReceiver();

  /**
   * The head of a request.
   *
   * @param headers by name in lower case
   * @param query decoded parameters of the address
   */
  record HttpHead(String method, Map<String, String> headers, Map<String, String> query) {}

  /** An answer; the body is JSON. */
  record HttpAnswer(int status, byte[] body) {}
}
