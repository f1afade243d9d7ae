package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.Plan;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A mover's plan is kept as it is, and changed by one run at a time. */
public interface MovePlansContract {

  /** The plans, the same during one test, none at its beginning. */
  MovePlans plans();

  @Test
  default void aMoverWithoutPlanHasNone() {
    assertThat(plans().open("plant-mover")).isEmpty();
  }

  @Test
  default void aPlanIsKeptWithAllItSays() {
    Run run = run(0, "传感器-1");
    assertThat(plans().save(run, List.of(chunk(1), chunk(2)), List.of())).isTrue();
    Plan plan = plans().open("plant-mover").orElseThrow();
    assertThat(plan.run()).isEqualTo(run.saved());
    assertThat(plan.chunks())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(chunk(1), chunk(2));
  }

  @Test
  default void chunksAreAddedReplacedAndForgottenAtOnce() {
    plans().save(run(0, "a"), List.of(chunk(1), chunk(2)), List.of());
    assertThat(plans().save(run(1, "b"), List.of(chunk(3), chunk(2).copied()), List.of(1L)))
        .isTrue();
    Plan plan = plans().open("plant-mover").orElseThrow();
    assertThat(plan.run().position().key()).isEqualTo("b");
    assertThat(plan.chunks())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(chunk(2).copied(), chunk(3));
  }

  @Test
  default void whoKnowsAnOlderPlanChangesNothing() {
    plans().save(run(0, "a"), List.of(chunk(1)), List.of());
    plans().save(run(1, "b"), List.of(), List.of());
    assertThat(plans().save(run(1, "c"), List.of(chunk(2)), List.of(1L))).isFalse();
    assertThat(plans().save(run(0, "c"), List.of(chunk(2)), List.of())).isFalse();
    assertThat(plans().end(run(1, "c"))).isFalse();
    Plan plan = plans().open("plant-mover").orElseThrow();
    assertThat(plan.run()).isEqualTo(run(1, "b").saved());
    assertThat(plan.chunks())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(chunk(1));
  }

  @Test
  default void aPlanThatIsNotThereIsNotChanged() {
    assertThat(plans().save(run(3, "a"), List.of(chunk(1)), List.of())).isFalse();
    assertThat(plans().end(run(3, "a"))).isFalse();
    assertThat(plans().open("plant-mover")).isEmpty();
  }

  @Test
  default void anEndedPlanIsGoneWithItsChunks() {
    plans().save(run(0, "a"), List.of(chunk(1)), List.of());
    assertThat(plans().end(run(1, "a"))).isTrue();
    assertThat(plans().open("plant-mover")).isEmpty();
    plans().save(run(0, "b"), List.of(), List.of());
    assertThat(plans().open("plant-mover").orElseThrow().chunks()).isEmpty();
  }

  @Test
  default void moversHavePlansOfTheirOwn() {
    plans().save(run(0, "a"), List.of(chunk(1)), List.of());
    assertThat(plans().open("plant-other")).isEmpty();
  }

  @Test
  default void ofManyRunsThatBeginAtOnceOneDoes() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String device = "d" + i;
        all.add(threads.submit(() -> plans().save(run(0, device), List.of(), List.of())));
      }
      int begun = 0;
      for (Future<Boolean> one : all) {
        begun += one.get() ? 1 : 0;
      }
      assertThat(begun).isEqualTo(1);
    }
  }

  private static Run run(long version, String device) {
    return new Run(
        "plant-mover",
        version,
        Items.at(5),
        "run-1",
        Instant.parse("2026-03-01T12:00:00.123Z"),
        new Position(device, Items.at(3), 7));
  }

  private static PlannedChunk chunk(long number) {
    byte[] members = {1, 2, 3, 4, 5, 6, 7, (byte) number};
    return new PlannedChunk(
        number, "press-1", Items.at(1), Items.at(2), 4, "ab".repeat(32), members, false);
  }
}
