package io.twinloom.functions.intercloud;

import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.TokenGuard.Proof;
import io.twinloom.functions.telemetry.BodyLimits;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a receiver asks before it looks into a body, in this order: the method, the token or what a
 * signed request has in its place, the size, the signature itself.
 *
 * @param reading whether it is a reader: those take GET too, and answer 401 where others say 403
 */
public record ReceiverGuard(TokenGuard tokens, boolean reading, InstantSource clock) {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;

  /** What the request is refused with, if it is. */
  public Optional<HttpAnswer> refuse(HttpHead head) {
    if (!head.method().equals("POST") && !(reading && head.method().equals("GET"))) {
      return Optional.of(
          HttpAnswer.error(
              METHOD_NOT_ALLOWED,
              reading ? "Only POST and GET are allowed." : "Only POST is allowed."));
    }
    if (tokens.proof(head, clock.instant()) == Proof.NONE) {
      return Optional.of(
          HttpAnswer.error(
              notAdmitted(),
              "The header "
                  + TokenGuard.HEADER
                  + " is missing or wrong, or the signature that must stand for it is missing or"
                  + " not of this time."));
    }
    return tooLarge(announced(head));
  }

  /** What the request is refused with for its body, if it is. */
  public Optional<HttpAnswer> refuse(HttpHead head, byte[] body) {
    return tooLarge(body.length).or(() -> wrongSignature(head, body));
  }

  /** Whether the request, if it is not refused, is a signed one. */
  public boolean isSigned(HttpHead head) {
    return tokens.takesSignatures() && tokens.proof(head, clock.instant()) == Proof.SIGNATURE;
  }

  /** What a GET asks is in its query, which is signed in place of a body. */
  private Optional<HttpAnswer> wrongSignature(HttpHead head, byte[] body) {
    if (!isSigned(head)) {
      return Optional.empty();
    }
    boolean get = head.method().equals("GET");
    byte[] content = get ? head.rawQuery().getBytes(StandardCharsets.UTF_8) : body;
    if (!tokens.isSigned(head, content)) {
      return Optional.of(HttpAnswer.error(notAdmitted(), "The request's signature is wrong."));
    }
    return get || head.rawQuery().isEmpty()
        ? Optional.empty()
        : Optional.of(
            HttpAnswer.error(
                BAD_REQUEST,
                "A signed POST has no query: it would not be covered by the signature."));
  }

  private int notAdmitted() {
    return reading ? UNAUTHORIZED : FORBIDDEN;
  }

  private Optional<HttpAnswer> tooLarge(long size) {
    return size > BodyLimits.SENT
        ? Optional.of(HttpAnswer.error(TOO_LARGE, BodyLimits.bodyTooLarge(size)))
        : Optional.empty();
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
