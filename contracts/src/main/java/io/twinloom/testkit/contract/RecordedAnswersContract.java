package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.RecordedAnswers.Recorded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was answered once is known for a while, and not longer. */
public interface RecordedAnswersContract {

  /** A time from which answers are kept in these tests. */
  Instant START = Instant.parse("2026-03-01T12:00:00.250Z");

  /** For how long they are kept. */
  Duration KEPT = Duration.ofMinutes(10);

  /** The SHA-256 of what is asked for in these tests. */
  String CONTENT = "0123456789abcdef".repeat(4);

  /** The answers, the same during one test. */
  RecordedAnswers answers();

  @Test
  default void aRecordedAnswerIsFoundAsItWas() {
    record("in a", "{\"n\": 1.50, \"t\": \"传感器\"}");
    assertThat(answers().find("in a", START)).contains(recorded("{\"n\": 1.50, \"t\": \"传感器\"}"));
  }

  @Test
  default void whatWasNotRecordedIsNotFound() {
    record("in a", "1");
    assertThat(answers().find("in b", START)).isEmpty();
    assertThat(answers().find("in A", START)).isEmpty();
  }

  @Test
  default void theFirstAnswerStays() {
    record("in a", "1");
    record("in a", "2");
    assertThat(answers().find("in a", START)).contains(recorded("1"));
  }

  @Test
  default void theContentThatWasAskedForFirstStaysWithItsAnswer() {
    Recorded other = new Recorded("ab".repeat(32), bytes("1"));
    record("in a", "1");
    answers().record("in a", other, START, START.plus(KEPT));
    assertThat(answers().find("in a", START).map(Recorded::contentSha256)).contains(CONTENT);
  }

  @Test
  default void whatIsRecordedAfterTheTimeOfTheFirstIsOverTakesItsPlace() {
    Recorded other = new Recorded("ab".repeat(32), bytes("2"));
    record("in a", "1");
    Instant later = START.plus(KEPT).plusMillis(1);
    answers().record("in a", other, later, later.plus(KEPT));
    assertThat(answers().find("in a", later)).contains(other);
  }

  @Test
  default void anAnswerIsThereUntilItsTimeIsOver() {
    record("in a", "1");
    assertThat(answers().find("in a", START.plus(KEPT))).isPresent();
    assertThat(answers().find("in a", START.plus(KEPT).plusMillis(1))).isEmpty();
  }

  @Test
  default void anotherAnswerDoesNotForgetThoseWhoseTimeIsNotOver() {
    record("in a", "1");
    Instant later = START.plus(KEPT);
    answers().record("in b", recorded("2"), later, later.plus(KEPT));
    assertThat(answers().find("in a", later)).isPresent();
    assertThat(answers().find("in b", later)).isPresent();
  }

  private void record(String request, String answer) {
    answers().record(request, recorded(answer), START, START.plus(KEPT));
  }

  private static Recorded recorded(String answer) {
    return new Recorded(CONTENT, bytes(answer));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
