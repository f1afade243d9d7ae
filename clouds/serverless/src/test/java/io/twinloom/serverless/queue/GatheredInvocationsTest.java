package io.twinloom.serverless.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What several runs pass on at once goes on together. */
class GatheredInvocationsTest {
  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  private final AsyncInvoker counting =
      new AsyncInvoker() {
        @Override
        public void invokeLater(String function, JsonObject event) {
          throw new AssertionError("what is passed on comes together");
        }

        @Override
        public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
          sizes.add(byCause.size());
          return byCause.stream()
              .map(handed -> handed.stream().map(this::refusal).toList())
              .toList();
        }

        private Optional<InvocationException> refusal(Handed handed) {
          return FakeFunction.name(handed.event()).equals("7")
              ? Optional.of(InvocationException.unavailable("full", "q", "wait"))
              : Optional.empty();
        }
      };

  @Test
  void aHundredRunsOfOneEventEachHandOnTogetherAndEachHearsOfItsOwn() {
    FakeFunction function =
        new FakeFunction() {
          @Override
          public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
            List<List<Optional<InvocationException>>> refusals =
                later.handOn(
                    events.stream().map(event -> List.of(Handed.to("next", event))).toList());
            return refusals.stream()
                .<Outcome>map(
                    one ->
                        one.getFirst().isPresent()
                            ? new Outcome.PutOff(one.getFirst().get())
                            : Outcome.Done.NOTHING)
                .toList();
          }
        };
    function.lane = name -> name;
    List<QueuedEvent> events =
        IntStream.range(0, 100)
            .mapToObj(i -> QueuedEvent.first(FakeFunction.event("" + i)))
            .toList();
    List<Outcome> outcomes =
        new EventRuns(function, counting, "f", Instant::now, Duration.ZERO)
            .run(events, Instant.MAX);
    for (int i = 0; i < 100; i++) {
      assertThat(outcomes.get(i) instanceof Outcome.PutOff).as("event %d", i).isEqualTo(i == 7);
    }
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    assertThat(sizes).hasSizeLessThan(10);
  }

  @Test
  void aSlowRunDoesNotKeepTheOthersWaitingForLong() {
    GatheredInvocations gathered = new GatheredInvocations(counting, 2);
    assertThat(gathered.handOn(List.of(List.of()))).hasSize(1);
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void whatFailsAsAWholeFailsForEachRun() {
    GatheredInvocations gathered =
        new GatheredInvocations(
            (function, event) -> {
              throw new IllegalStateException("broken");
            },
            1);
    assertThatThrownBy(
            () -> gathered.handOn(List.of(List.of(Handed.to("f", FakeFunction.event("1"))))))
        .hasMessageContaining("broken");
  }
}
