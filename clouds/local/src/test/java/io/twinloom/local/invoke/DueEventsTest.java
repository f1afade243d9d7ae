package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** None of the events that wait for a time runs twice at once, and none is forgotten. */
class DueEventsTest {

  private final DueEvents due = new DueEvents();
  private final Row first = new Row(7, "f", new byte[0]);
  private final Row second = new Row(7, "f", new byte[0]).failed(1, 0, 0);

  /** A look that finds the event on disk as due; whether it takes it. */
  private boolean look(Row found) {
    assertThat(due.beginLook()).isTrue();
    boolean free = !due.isTaken(found);
    if (free) {
      due.take(found);
    }
    due.endLook();
    return free;
  }

  @Test
  @DisplayName("many events fail at once on a loaded machine")
  void anEventThatComesDueBeforeItsFirstRunIsSettledIsNotRunTwiceAtOnce() {
    // It ran from memory and failed; its next time is on disk already, and has come.
    due.end(first);
    assertThat(look(second)).as("not settled yet").isFalse();
    due.settle(first, false);
    assertThat(look(second)).as("the second attempt").isTrue();
    assertThat(look(second)).as("it runs").isFalse();
    assertThat(look(second)).as("it still runs").isFalse();
    due.end(second);
    due.settle(second, false);
    assertThat(look(second)).as("the third attempt").isTrue();
  }

  @Test
  void aLookThatIsUnderWayDoesNotTakeWhatWasSettledMeanwhile() {
    assertThat(look(second)).isTrue();
    assertThat(due.beginLook()).isTrue();
    due.end(second);
    due.settle(second, false);
    assertThat(due.isTaken(second)).as("it read the disk before").isTrue();
    due.endLook();
    assertThat(look(second)).isTrue();
  }

  @Test
  void anEventWhoseNextTimeCouldNotBeWrittenIsNotForgotten() {
    due.end(first);
    due.settle(first, true);
    assertThat(due.takeStranded()).isEqualTo(List.of(first));
    assertThat(due.takeStranded()).isEmpty();
  }
}
