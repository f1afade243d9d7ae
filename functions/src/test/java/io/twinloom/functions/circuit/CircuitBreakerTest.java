package io.twinloom.functions.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.circuit.CircuitBreaker.Request;
import io.twinloom.functions.circuit.CircuitBreaker.State;
import io.twinloom.functions.port.CircuitStates;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final CircuitBreaker circuit =
      new CircuitBreaker(
          () -> now, new Random(7), new SharedCircuit(CircuitStates.NONE, "https://r.example"));

  @Test
  void aReceiverThatAnswersIsAskedForEver() {
    for (int i = 0; i < 1_000; i++) {
      circuit.request().orElseThrow().answered();
    }
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void tenFailuresOpenIt() {
    failures(9);
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
    failures(1);
    assertThat(circuit.state()).isEqualTo(State.OPEN);
    assertThat(circuit.request()).isEmpty();
  }

  @Test
  void threeInARowWithoutAnAnswerOpenIt() {
    circuit.request().orElseThrow().unanswered();
    circuit.request().orElseThrow().unanswered();
    circuit.request().orElseThrow().answered();
    circuit.request().orElseThrow().unanswered();
    circuit.request().orElseThrow().unanswered();
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
    circuit.request().orElseThrow().unanswered();
    assertThat(circuit.state()).isEqualTo(State.OPEN);
  }

  @Test
  @DisplayName(
      "what had no answer is asked again while it is open, and says nothing of the receiver")
  void anUnansweredRequestIsRepeatedThoughItIsOpen() {
    failures(10);
    circuit.repetitionOfUnanswered().answered();
    assertThat(circuit.state()).isEqualTo(State.OPEN);
    now = now.plus(CircuitBreaker.FIRST_WAIT.multipliedBy(5).dividedBy(4));
    Request probe = circuit.request().orElseThrow();
    circuit.repetitionOfUnanswered().unanswered();
    assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
    probe.answered();
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whereAThirdFailsItStaysClosed() {
    for (int i = 0; i < 300; i++) {
      Request request = circuit.request().orElseThrow();
      if (i % 3 == 0) {
        request.failed();
      } else {
        request.answered();
      }
    }
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void afterALongTimeOfSuccessItOpensStillWithinTensOfCalls() {
    for (int i = 0; i < 10_000; i++) {
      circuit.request().orElseThrow().answered();
    }
    int calls = 0;
    for (Optional<Request> request; (request = circuit.request()).isPresent(); calls++) {
      request.get().failed();
    }
    assertThat(calls).isEqualTo(10);
  }

  @Test
  void afterItsWaitOneRequestFindsOutAndASuccessClosesIt() {
    failures(10);
    now = now.plus(CircuitBreaker.FIRST_WAIT.multipliedBy(5).dividedBy(4));
    Request probe = circuit.request().orElseThrow();
    assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
    assertThat(circuit.request()).isEmpty();
    assertThat(circuit.repetition()).isEmpty();
    probe.answered();
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
    failures(9);
    assertThat(circuit.state()).as("it begins anew").isEqualTo(State.CLOSED);
  }

  @Test
  void eachFailedProbeDoublesItsWaitUpToHalfAMinute() {
    failures(10);
    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      now = now.plusSeconds(seconds).minusMillis(1);
      assertThat(circuit.request()).isEmpty();
      now = now.plusMillis(1).plusMillis(seconds * 250L);
      circuit.request().orElseThrow().failed();
      assertThat(circuit.state()).isEqualTo(State.OPEN);
    }
  }

  @Test
  void aProbeThatNeverComesBackIsGivenUp() {
    failures(10);
    now = now.plus(Duration.ofSeconds(7));
    Request lost = circuit.request().orElseThrow();
    now = now.plus(CircuitBreaker.LONGEST_PROBE);
    circuit.request().orElseThrow().answered();
    assertThat(circuit.state()).isEqualTo(State.CLOSED);
    lost.failed();
    assertThat(circuit.state()).as("what comes late is old").isEqualTo(State.CLOSED);
  }

  @Test
  void requestsThatBeganBeforeItOpenedDoNotCloseIt() {
    Request early = circuit.request().orElseThrow();
    failures(10);
    early.answered();
    assertThat(circuit.state()).isEqualTo(State.OPEN);
  }

  @Test
  void repetitionsEndAfterTens() {
    int repetitions = 0;
    while (circuit.repetition().isPresent()) {
      repetitions++;
    }
    assertThat(repetitions).isEqualTo(30);
  }

  @Test
  void twoRequestsEarnARepetition() {
    while (circuit.repetition().isPresent()) {
      assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }
    circuit.request().orElseThrow().answered();
    assertThat(circuit.repetition()).isEmpty();
    circuit.request().orElseThrow().answered();
    assertThat(circuit.repetition()).isPresent();
    assertThat(circuit.repetition()).isEmpty();
  }

  @Test
  void thoseWhoCallOneReceiverShareItsCircuit() {
    CircuitBreakers circuits = new CircuitBreakers(() -> now, new Random(7));
    CircuitBreaker shared = circuits.of(URI.create("https://a.test/f"));
    assertThat(circuits.of(URI.create("https://a.test/f?x=1"))).isSameAs(shared);
    assertThat(circuits.of(URI.create("https://a.test/g"))).isNotSameAs(shared);
    for (int i = 0; i < 10; i++) {
      shared.request().orElseThrow().failed();
    }
    assertThat(circuits.state(URI.create("https://a.test/f"))).isEqualTo(State.OPEN);
    assertThat(circuits.state(URI.create("https://never.test/"))).isEqualTo(State.CLOSED);
  }

  private void failures(int count) {
    for (int i = 0; i < count; i++) {
      circuit.request().orElseThrow().failed();
    }
  }
}
