package io.twinloom.functions.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.circuit.CircuitBreaker.Request;
import io.twinloom.functions.circuit.CircuitBreaker.State;
import io.twinloom.functions.port.CircuitStates;
import io.twinloom.functions.port.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Processes that share what they know of a receiver. */
class SharedCircuitTest {
  private static final URI RECEIVER = URI.create("https://receiver.example/writer");

  private final Map<String, Instant> rows = new HashMap<>();
  private int reads;
  private boolean broken;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private final CircuitStates states =
      new CircuitStates() {
        @Override
        public Optional<Instant> openUntil(String receiver) {
          reads++;
          check();
          return Optional.ofNullable(rows.get(receiver));
        }

        @Override
        public void open(String receiver, Instant until) {
          check();
          rows.put(receiver, until);
        }

        @Override
        public void close(String receiver) {
          check();
          rows.remove(receiver);
        }

        @Override
        public boolean claimProbe(String receiver, Instant at, Instant until) {
          check();
          Instant there = rows.get(receiver);
          if (there != null && there.isAfter(at)) {
            return false;
          }
          rows.put(receiver, until);
          return true;
        }

        private void check() {
          if (broken) {
            throw new StoreException("away", "state", new IllegalStateException("away"));
          }
        }
      };

  private CircuitBreaker process() {
    return new CircuitBreakers(() -> now, new Random(7), states).of(RECEIVER);
  }

  @Test
  void aProcessThatBeginsSendsNothingToAReceiverThatOthersHaveFoundAway() {
    fail(process());
    assertThat(process().request()).isEmpty();
  }

  @Test
  void ofSeveralProcessesOneAsksWhetherTheReceiverIsBack() {
    CircuitBreaker first = process();
    fail(first);
    CircuitBreaker second = process();
    assertThat(second.request()).isEmpty();
    now = now.plusSeconds(3);
    Request probe = first.request().orElseThrow();
    assertThat(probe.isProbe()).isTrue();
    assertThat(second.request()).isEmpty();
    probe.answered();
    now = now.plus(SharedCircuit.FRESH);
    second.request().orElseThrow().answered();
    assertThat(second.state()).isEqualTo(State.CLOSED);
    assertThat(rows).isEmpty();
  }

  @Test
  void whileAllIsWellNothingIsRead() {
    CircuitBreaker process = process();
    for (int i = 0; i < 100; i++) {
      process.request().orElseThrow().answered();
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whereTheStoreIsAwayAProcessGoesByWhatItKnowsItself() {
    broken = true;
    CircuitBreaker process = process();
    fail(process);
    assertThat(process.request()).isEmpty();
    now = now.plusSeconds(3);
    process.request().orElseThrow().answered();
    assertThat(process.state()).isEqualTo(State.CLOSED);
  }

  private static void fail(CircuitBreaker circuit) {
    for (Optional<Request> request; (request = circuit.request()).isPresent(); ) {
      request.get().failed();
    }
  }
}
