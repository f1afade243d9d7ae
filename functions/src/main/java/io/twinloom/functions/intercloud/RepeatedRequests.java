package io.twinloom.functions.intercloud;

import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a signed request done once, though it comes again: for receivers where a repeat is not
 * without effect by nature. It is for signed ones alone, since only their id is known to be their
 * sender's. Two that come at the same instant may both be done.
 *
 * @param function the receiver's name: its ids are its own
 */
public record RepeatedRequests(
    String function, RecordedAnswers answers, InvocationLog log, InstantSource clock) {

  /** An answer is given again for so long; a signature is not believed any longer either. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  private static final int OK = 200;
  private static final int FAILED = 500;

  /** Answers as before if the request has succeeded before, else has it done. */
  public HttpAnswer once(HttpHead head, Supplier<HttpAnswer> doing) {
    String request = function + " " + head.header(WebhookSignature.ID).orElse("");
    Instant now = clock.instant();
    Optional<byte[]> before;
    try {
      before = answers.find(request, now);
    } catch (StoreException e) {
      return HttpAnswer.error(FAILED, e.what());
    }
    if (before.isPresent()) {
      return new HttpAnswer(OK, before.get());
    }
    HttpAnswer answer = doing.get();
    if (answer.status() == OK) {
      record(request, answer, now);
    }
    return answer;
  }

  private void record(String request, HttpAnswer answer, Instant now) {
    try {
      answers.record(request, answer.body(), now, now.plus(REMEMBERED));
    } catch (StoreException e) {
      // It is done: to call it failed would have it done again for certain.
      log.note(Level.WARN, function, "", "An answer was not recorded: " + e.what(), Map.of());
    }
  }
}
