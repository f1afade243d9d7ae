package io.twinloom.functions.intercloud;

import io.twinloom.functions.HostedFunction.HttpAnswer;
import io.twinloom.functions.HostedFunction.HttpHead;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonObject;
import java.util.Optional;

/**
 * What a receiver asks before it looks at a body, in this order: the method, the token, the size.
 *
 * @param reading whether it is a reader: those take GET too, and answer 401 where others say 403
 */
public record ReceiverGuard(TokenGuard tokens, boolean reading) {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;

  /** What the request is refused with, if it is. */
  public Optional<HttpAnswer> refuse(HttpHead head) {
    if (!head.method().equals("POST") && !(reading && head.method().equals("GET"))) {
      return Optional.of(
          error(
              METHOD_NOT_ALLOWED,
              reading ? "Only POST and GET are taken." : "Only POST is taken."));
    }
    if (!tokens.admits(head.header(TokenGuard.HEADER).orElse(""))) {
      return Optional.of(
          error(
              reading ? UNAUTHORIZED : FORBIDDEN,
              "The header " + TokenGuard.HEADER + " is missing or wrong."));
    }
    return tooLarge(announced(head));
  }

  /** What a body of this size is refused with, if it is. */
  public Optional<HttpAnswer> tooLarge(long size) {
    return size > BodyLimits.SENT
        ? Optional.of(error(TOO_LARGE, BodyLimits.bodyTooLarge(size)))
        : Optional.empty();
  }

  /** An answer that says what is wrong. */
  public static HttpAnswer error(int status, String text) {
    return new HttpAnswer(status, Json.bytes(JsonObject.builder().put("error", text).build()));
  }

  private static long announced(HttpHead head) {
    String length = head.header("content-length").orElse("").strip();
    try {
      return length.isEmpty() ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      // The host counts what it reads; what is announced only spares reading it.
      return 0;
    }
  }
}
