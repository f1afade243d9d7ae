package io.twinloom.functions;

import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
   * What can be refused from a request's head alone, in the order method, token, announced size; a
   * host that streams asks this before it reads the body.
   */
  Optional<HttpAnswer> refuse(HttpHead head);

  /** Answers a request; does all that {@link #refuse} does first. Never throws. */
  HttpAnswer receive(HttpHead head, byte[] body);

  /**
   * Answers a request whose body the cloud's front handed over in base64 ({@code isBase64Encoded}
   * of an AWS Function URL). Text that is no base64 is refused, after all else that {@link #refuse}
   * asks. Never throws.
   */
  default HttpAnswer receiveBase64(HttpHead head, String body) {
    return refuse(head)
        .orElseGet(
            () -> {
              try {
                return receive(head, Base64.getDecoder().decode(body));
              } catch (IllegalArgumentException e) {
                return ReceiverGuard.error(400, "The body is not the base64 it is said to be.");
              }
            });
  }

  /** Whether the function has an HTTP endpoint at all. */
  boolean isReceiver();

  /**
   * The head of a request.
   *
   * @param headers by name; names in another case than lower are given in lower case
   * @param query decoded parameters of the address
   */
  record HttpHead(String method, Map<String, String> headers, Map<String, String> query) {

    public HttpHead {
      // Once, since a head is asked for several headers, most of which it does not have.
      if (headers.keySet().stream().anyMatch(name -> !name.equals(lower(name)))) {
        Map<String, String> lower = HashMap.newHashMap(headers.size());
        headers.forEach((name, value) -> lower.putIfAbsent(lower(name), value));
        headers = lower;
      }
    }

    /** A header by its name, in whatever case either is. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(lower(name)));
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  /** An answer; the body is JSON. */
  record HttpAnswer(int status, byte[] body) {}
}
