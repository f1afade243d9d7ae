package io.twinloom.functions.intercloud;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.RecordedAnswers.Recorded;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.CanonicalJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.LoneSurrogateException;
import io.twinloom.json.Sha256;
import io.twinloom.model.text.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a signed request done once, though it comes again: for receivers where a repeat is not
 * without effect by nature. It is for signed ones alone, since only their id is known to be their
 * sender's. Two that come at the same instant may both be done. A request under an id that was used
 * for other content is no repeat: it is refused, so that its sender learns of it.
 *
 * @param function the receiver's name: its ids are its own
 * @param content what makes two requests of one id the same
 */
public record RepeatedRequests(
    String function,
    Content content,
    RecordedAnswers answers,
    InvocationLog log,
    InstantSource clock) {

  /** What two requests have in common where one is the other's repeat. */
  public enum Content {
    /** Their bytes. */
    BODY,
    /** What their envelopes carry: the envelope of a command is made anew when it is sent later. */
    PAYLOAD
  }

  /** An answer is given again for so long; a signature is not believed any longer either. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** How often an id came again with other content. */
  static final String REUSED = "request-id-reused";

  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int FAILED = 500;

  /** Answers as before if the request has succeeded before, else has it done. */
  public HttpAnswer once(HttpHead head, byte[] body, Supplier<HttpAnswer> doing) {
    String request = function + " " + head.header(WebhookSignature.ID).orElse("");
    String digest = digest(body);
    Instant now = clock.instant();
    Optional<Recorded> before;
    try {
      before = answers.find(request, now);
    } catch (StoreException e) {
      return e.isUnavailable()
          ? HttpAnswer.unavailable(e.what())
          : HttpAnswer.error(FAILED, e.what());
    }
    if (before.isPresent()) {
      return before.get().contentSha256().equals(digest)
          ? new HttpAnswer(OK, before.get().answer())
          : reused();
    }
    HttpAnswer answer = doing.get();
    if (answer.status() == OK) {
      record(request, new Recorded(digest, answer.body()), now);
    }
    return answer;
  }

  private String digest(byte[] body) {
    if (content == Content.PAYLOAD) {
      try {
        if (Json.parse(body) instanceof JsonObject envelope
            && envelope.get(Envelope.PAYLOAD) instanceof JsonObject payload) {
          return Sha256.hex(CanonicalJson.bytes(payload));
        }
      } catch (JsonSyntaxException | LoneSurrogateException e) {
        // The function refuses it; it is compared as it came.
        return Sha256.hex(body);
      }
    }
    return Sha256.hex(body);
  }

  private HttpAnswer reused() {
    log.count(function, REUSED);
    log.invocation(function, "", "", "", FunctionsError.ofStatus(CONFLICT).code(), Duration.ZERO);
    return HttpAnswer.error(
        CONFLICT,
        "The "
            + WebhookSignature.ID
            + " was used for another request in the last "
            + Count.of(REMEMBERED.toMinutes(), "minute")
            + ": send each request with an id of its own.");
  }

  private void record(String request, Recorded recorded, Instant now) {
    try {
      answers.record(request, recorded, now, now.plus(REMEMBERED));
    } catch (StoreException e) {
      // It is done: to call it failed would have it done again for certain.
      log.note(Level.WARN, function, "", "An answer was not recorded: " + e.what(), Map.of());
    }
  }
}
