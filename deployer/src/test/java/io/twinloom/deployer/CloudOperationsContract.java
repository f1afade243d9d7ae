package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinloom.deployer.CloudOperations.FunctionState;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.ReplayMark;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every cloud's {@link CloudOperations} does; its test implements this. */
public interface CloudOperationsContract {

  /** Those of a cloud that a twin is deployed to, with no dead letter. */
  CloudOperations operations();

  /** The cloud. */
  Provider cloud();

  /** A function that is deployed there. */
  DeployedFunction function();

  /** Makes a dead letter of that function, with this event. */
  void deadLetter(JsonObject event);

  private static JsonObject event(int number) {
    return JsonObject.builder().put("text", "event-" + number).build();
  }

  private void deadLetters(int count) {
    for (int i = 1; i <= count; i++) {
      deadLetter(event(i));
    }
  }

  @Test
  default void aFunctionThatIsDeployedIsActive() {
    Map<String, FunctionState> states = operations().functions(List.of(function()));
    assertThat(states.get(function().name()).active()).isTrue();
  }

  @Test
  default void whereThereIsNoDeadLetterThePageIsEmpty() {
    assertThat(operations().deadLetters(10)).isEqualTo(new DeadLetterPage(List.of(), 0));
    assertThat(operations().deadLetterIds()).isEmpty();
  }

  @Test
  default void aPageHasTheOldestDeadLettersAndHowManyThereAre() {
    deadLetters(3);
    DeadLetterPage page = operations().deadLetters(2);
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.items()).extracting(DeadLetterEntry::event).containsExactly(event(1), event(2));
    assertThat(page.items())
        .allSatisfy(
            letter -> {
              assertThat(letter.cloud()).isEqualTo(cloud());
              assertThat(letter.id()).startsWith(cloud().id());
              assertThat(letter.function()).isEqualTo(function().name());
            });
    assertThat(operations().deadLetters(0)).isEqualTo(new DeadLetterPage(List.of(), 3));
  }

  @Test
  default void theIdsAreOfAllDeadLettersAndInTheSameOrder() {
    deadLetters(3);
    assertThat(operations().deadLetterIds())
        .isEqualTo(operations().deadLetters(10).items().stream().map(DeadLetterEntry::id).toList());
  }

  @Test
  default void aDeadLetterThatIsReplayedIsForgottenAndTheOthersStay() {
    deadLetters(2);
    List<String> ids = operations().deadLetterIds();
    assertThat(replay(ids.getFirst())).isTrue();
    assertThat(operations().deadLetterIds()).contains(ids.getLast()).doesNotContain(ids.getFirst());
    assertThat(replay(ids.getFirst())).isFalse();
  }

  /** On this cloud, which carries everything. */
  private boolean replay(String id) {
    CloudOperations operations = operations();
    return operations.replay(id, function -> operations);
  }

  @Test
  default void whatAReplayInvokesIsTheLettersFunctionWithItsEvent() {
    deadLetters(1);
    CloudOperations.Replayable replayable =
        operations().replayable(operations().deadLetterIds().getFirst()).orElseThrow();
    assertThat(replayable.function()).isEqualTo(function().name());
    assertThat(replayable.event()).isEqualTo(event(1));
  }

  @Test
  default void aDiscardedDeadLetterIsGoneAndTheOthersStay() {
    deadLetters(2);
    List<String> ids = operations().deadLetterIds();
    assertThat(operations().discard(ids.getFirst())).isTrue();
    assertThat(operations().discard(ids.getFirst())).isFalse();
    assertThat(operations().discard("mars-1")).isFalse();
    assertThat(operations().deadLetterIds()).containsExactly(ids.getLast());
  }

  @Test
  default void aDeadLetterOfACloudThatLeavesIsKeptOnceAndReplayedAsItsOwn() {
    DeadLetterEntry left =
        DeadLetterEntry.of("mars-1", cloud(), Instant.parse("2026-03-01T10:00:00.000Z"))
            .function(function().name())
            .error("ValueError: too hot")
            .attempts(3)
            .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
            .event(ReplayMark.on(event(1), "mars-0"))
            .build();

    operations().takeOver(left, Optional.of(function().name()));
    operations().takeOver(left, Optional.of(function().name()));

    assertThat(operations().deadLetters(10).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.id()).startsWith(cloud().id());
              assertThat(letter)
                  .usingRecursiveComparison()
                  .ignoringFields("id", "cloud")
                  .isEqualTo(left);
            });
    String id = operations().deadLetterIds().getFirst();
    assertThat(operations().replayable(id).orElseThrow().function()).isEqualTo(function().name());
    assertThat(replay(id)).isTrue();
    assertThat(operations().deadLetterIds()).doesNotContain(id);
  }

  @Test
  default void aDeadLetterThatItsCloudWouldNotReplayIsKeptToBeSeenAndDiscarded() {
    DeadLetterEntry left =
        DeadLetterEntry.of("mars-2", cloud(), Instant.parse("2026-03-01T10:00:00.000Z"))
            .function("nobody")
            .event(event(2))
            .build();

    operations().takeOver(left, Optional.empty());

    assertThat(operations().deadLetters(1).items())
        .extracting(DeadLetterEntry::function, DeadLetterEntry::event)
        .containsExactly(tuple("nobody", event(2)));
    assertThat(operations().discard(operations().deadLetterIds().getFirst())).isTrue();
    assertThat(operations().deadLetters(0).total()).isZero();
  }

  @Test
  default void whatIsNoDeadLetterOfThisCloudIsNotReplayed() {
    deadLetters(1);
    for (String id : List.of("", "1", cloud().id(), cloud().id() + "-77", "mars-1")) {
      assertThat(replay(id)).as(id).isFalse();
    }
    assertThat(operations().deadLetters(0).total()).isEqualTo(1);
  }

  @Test
  default void deadLettersAreRemovedByWhatTheirEventHolds() {
    deadLetters(2);
    operations().removeDeadLetters("event-2", Instant.EPOCH);
    assertThat(operations().deadLetters(10).items())
        .extracting(DeadLetterEntry::event)
        .containsExactly(event(1));
  }

  @Test
  default void removingWhatIsNotThereDoesNothing() {
    List<TierSize> before = operations().tiers();
    operations().removeItem("nobody", "2026-03-01T00:00:00.000000Z");
    operations().removeChunks("nobody");
    assertThat(operations().tiers()).isEqualTo(before);
  }

  @Test
  default void theTiersAreThoseOfThisCloudTheHottestFirst() {
    assertThat(operations().tiers())
        .isSortedAccordingTo(Comparator.comparing(TierSize::tier))
        .extracting(TierSize::cloud)
        .containsOnly(cloud());
  }
}
