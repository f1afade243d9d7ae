package io.twinloom.serverless.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.StoreException;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of each event of the messages that a queue hands out. */
class QueueConsumerTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final TwinloomException BROKEN =
      InvocationException.failed("broken", "f", "fix it");

  private final FakeQueue queue = new FakeQueue();
  private final FakeFunction function = new FakeFunction();
  private final List<DeadLetter> letters = new ArrayList<>();
  private boolean lettersFail;
  private Instant now = START;
  private final Map<String, Integer> running = new HashMap<>();
  private final BegunRuns begun =
      new BegunRuns() {
        @Override
        public int begin(String message) {
          return running.merge(message, 1, Integer::sum);
        }

        @Override
        public void end(String message) {
          running.remove(message);
        }
      };

  private final QueueConsumer consumer =
      new QueueConsumer(
          "plant-persister",
          new EventRuns(
              function, (f, e) -> {}, "plant-persister", () -> now, Duration.ofSeconds(30)),
          queue,
          new RetryDelays(() -> 0, Duration.ofHours(6)),
          new QueueConsumer.Dependencies(this::keep, begun, InvocationLog.SILENT, () -> now));

  private void keep(DeadLetter letter) {
    if (lettersFail) {
      throw new StoreException("no room", "letters", new IllegalStateException("full"));
    }
    letters.add(letter);
  }

  @Test
  void aMessageWithAHundredEventsIsOneRun() {
    assertThat(handle(message("m", 1, events(100)))).isEmpty();
    assertThat(function.runs).hasSize(1);
    assertThat(function.runs.getFirst()).hasSize(100);
    assertThat(queue.sent).isEmpty();
  }

  @Test
  void severalMessagesAreRunTogetherUpToAHundredEvents() {
    handle(message("m1", 1, events(60)), message("m2", 1, events(60)));
    assertThat(function.runs).extracting(List::size).containsExactlyInAnyOrder(100, 20);
  }

  @Test
  void aFunctionThatTakesNoBatchesRunsEachEventByItself() {
    function.batches = false;
    handle(message("m", 1, events(5)));
    assertThat(function.runs).hasSize(5);
  }

  @Test
  void eventsOfDifferentUserFunctionsAreRunApart() {
    function.lane = name -> Integer.parseInt(name) % 2 == 0 ? "even" : "odd";
    handle(message("m", 1, events(10)));
    assertThat(function.runs).extracting(List::size).containsExactly(5, 5);
  }

  @Test
  void whatFailedComesAgainAfterAMinuteAndTwoThenIsADeadLetterAndItsNeighboursAreNot() {
    function.outcome = name -> name.equals("7") ? new Outcome.Failed(BROKEN) : Outcome.Done.NOTHING;
    assertThat(handle(message("m", 1, events(100)))).isEmpty();
    assertThat(queue.sent).extracting(FunctionQueue.Outgoing::delay).containsExactly(minutes(1));
    assertThat(queue.events().getFirst()).extracting(QueuedEvent::attempts).containsExactly(1);

    assertThat(handle(message("m2", 1, queue.events().getFirst()))).isEmpty();
    assertThat(queue.sent.getLast().delay()).isEqualTo(minutes(2));
    assertThat(letters).isEmpty();

    assertThat(handle(message("m3", 1, queue.events().getLast()))).isEmpty();
    assertThat(queue.sent).hasSize(2);
    assertThat(letters)
        .containsExactly(
            new DeadLetter(
                "plant-persister", FakeFunction.event("7"), BROKEN.what(), 3, "trace-7"));
  }

  @Test
  void aSecondAttemptHasTenEventsAtMostAndTheLastIsMadeAlone() {
    function.outcome = name -> new Outcome.Failed(BROKEN);
    handle(message("m", 1, events(100)));
    assertThat(queue.events()).hasSize(10).allSatisfy(some -> assertThat(some).hasSize(10));
    List<List<QueuedEvent>> second = queue.events();
    function.runs.clear();
    queue.sent.clear();
    handle(message("m1", 1, second.get(0)), message("m2", 1, second.get(1)));
    assertThat(function.runs).extracting(List::size).containsExactly(10, 10);
    assertThat(queue.events()).hasSize(20).allSatisfy(some -> assertThat(some).hasSize(1));
    function.runs.clear();
    List<List<QueuedEvent>> last = queue.events();
    handle(message("m3", 1, last.get(0)), message("m4", 1, last.get(1)));
    assertThat(function.runs).extracting(List::size).containsExactly(1, 1);
    assertThat(letters).hasSize(2);
  }

  @Test
  void whatIsPutOffCountsNoAttemptComesTogetherAndWaitsLongerEachTime() {
    function.outcome = name -> new Outcome.PutOff(BROKEN);
    List<QueuedEvent> events = events(100);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queue.sent.clear();
      assertThat(handle(message("m", 1, events))).isEmpty();
      assertThat(queue.sent).hasSize(1);
      delays.add(queue.sent.getFirst().delay().toSeconds());
      events = queue.events().getFirst();
      assertThat(events).hasSize(100).allSatisfy(e -> assertThat(e.attempts()).isZero());
    }
    assertThat(delays).containsExactly(5L, 15L, 30L, 60L, 120L, 240L, 480L, 900L, 900L, 900L);
    assertThat(letters).isEmpty();
  }

  @Test
  void anOutageOfAnHourCostsNoAttempt() {
    function.outcome = name -> new Outcome.PutOff(BROKEN);
    List<QueuedEvent> events = events(20);
    while (now.isBefore(START.plus(Duration.ofHours(1)))) {
      queue.sent.clear();
      handle(message("m", 1, events));
      now = now.plus(queue.sent.getFirst().delay());
      events = queue.events().getFirst();
    }
    function.outcome = name -> Outcome.Done.NOTHING;
    queue.sent.clear();
    assertThat(handle(message("m", 1, events))).isEmpty();
    assertThat(letters).isEmpty();
    assertThat(queue.sent).isEmpty();
  }

  @Test
  void afterSixHoursOfBeingPutOffItCountsAsFailed() {
    function.outcome = name -> new Outcome.PutOff(BROKEN);
    handle(message("m", 1, events(1)));
    now = START.plus(Duration.ofHours(6)).plusSeconds(1);
    handle(message("m", 1, queue.events().getFirst()));
    QueuedEvent event = queue.events().getLast().getFirst();
    assertThat(event.attempts()).isEqualTo(1);
    assertThat(event.putOff()).isZero();
    assertThat(queue.sent.getLast().delay()).isEqualTo(minutes(1));
  }

  @Test
  void whatCannotBeSentAgainStaysInItsMessage() {
    function.outcome = name -> name.equals("7") ? new Outcome.Failed(BROKEN) : Outcome.Done.NOTHING;
    queue.refuses = message -> true;
    assertThat(handle(message("m1", 1, events(5)), message("m2", 1, List.of(event("7")))))
        .containsExactly("m2");
  }

  @Test
  void whoseDeadLetterCannotBeKeptStaysInItsMessage() {
    function.outcome = name -> new Outcome.Failed(BROKEN);
    lettersFail = true;
    QueuedEvent last = new QueuedEvent(FakeFunction.event("7"), 2, 0, Optional.empty());
    assertThat(handle(message("m", 1, List.of(last)))).containsExactly("m");
  }

  @Test
  void aMessageThatComesAThirdTimeIsDividedAndNothingOfItRuns() {
    assertThat(handle(message("m", 3, events(25)))).isEmpty();
    assertThat(function.runs).isEmpty();
    assertThat(queue.events()).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(handle(message("m", 3, events(3)))).isEmpty();
    assertThat(queue.events().subList(3, 6)).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  @DisplayName("one event of a hundred ends every process that it is given to")
  void itIsADeadLetterAfterFewDeliveriesAndNoOtherEventIs() {
    Set<String> done = new HashSet<>();
    function.outcome =
        name -> {
          if (name.equals("42")) {
            throw new AssertionError("the process ends");
          }
          done.add(name);
          return Outcome.Done.NOTHING;
        };
    Deque<Delivered> waiting = new ArrayDeque<>();
    waiting.add(message("m", 1, events(100)));
    int deaths = 0;
    for (int next = 0; !waiting.isEmpty(); next++) {
      Delivered message = waiting.remove();
      try {
        assertThat(handle(message)).isEmpty();
      } catch (AssertionError e) {
        deaths++;
        waiting.add(message(message.id(), message.times() + 1, message.events()));
      }
      for (List<QueuedEvent> part : queue.events()) {
        waiting.add(message("part-" + next + "-" + waiting.size(), 1, part));
      }
      queue.sent.clear();
    }
    assertThat(done).hasSize(99);
    assertThat(letters).singleElement().satisfies(l -> assertThat(l.error()).contains("ended"));
    assertThat(deaths).isEqualTo(2 + 1 + 1 + QueueConsumer.MOST_BEGUN);
    assertThat(running).isEmpty();
  }

  @Test
  @DisplayName(
      "Lambda is throttled for a day, and a message is handed out hundreds of times to nobody")
  void deliveriesThatNoProcessBeganAreNoDeaths() {
    handle(message("m", 500, events(1)));
    assertThat(letters).isEmpty();
    assertThat(function.runs).hasSize(1);
    assertThat(running).isEmpty();
  }

  @Test
  void aMessageThatMayEndTheProcessIsRunWhenWhatCameWithItIsSettled() {
    function.outcome =
        name -> {
          if (name.equals("7")) {
            assertThat(queue.settled).containsExactly("receipt-m1");
          }
          return Outcome.Done.NOTHING;
        };
    handle(message("m1", 1, events(5)), message("m2", 6, List.of(event("7"))));
    assertThat(function.runs.getLast()).containsExactly("7");
  }

  @Test
  void whatCouldNotEndInTimeIsPutOffAndNotBegun() {
    assertThat(consumer.handle(List.of(message("m", 1, events(3))), now.plusSeconds(20))).isEmpty();
    assertThat(function.runs).isEmpty();
    assertThat(queue.events().getFirst()).hasSize(3);
  }

  private List<String> handle(Delivered... messages) {
    return consumer.handle(List.of(messages), now.plusSeconds(60));
  }

  private static Delivered message(String id, int times, List<QueuedEvent> events) {
    return new Delivered(id, "receipt-" + id, times, events);
  }

  private static List<QueuedEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(i -> event(Integer.toString(i))).toList();
  }

  private static QueuedEvent event(String name) {
    return QueuedEvent.first(FakeFunction.event(name));
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
