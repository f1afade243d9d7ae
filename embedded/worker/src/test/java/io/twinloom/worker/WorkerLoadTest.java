package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a worker's first event holds up the others for so long that another worker is due. */
class WorkerLoadTest {

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

  private final WorkerLoad load = new WorkerLoad(0);
  private final HostedCode code =
      new HostedCode(
          1,
          new WorkerFunction(
              "f",
              new WorkerFunction.Language.Java(),
              List.of(),
              "Code",
              false,
              List.of(),
              Map.of()));

  @BeforeEach
  void start() {
    load.state = WorkerLoad.State.READY;
  }

  private void add(long id, long now) {
    load.add(new Call(id, code, "trace", new byte[0], now), now);
  }

  @Test
  void codeThatIsLoadedMayTakeTwoSeconds() {
    add(1, 0);
    assertThat(load.isHeldUp(PATIENCE, PATIENCE + 1)).isFalse();
    assertThat(load.isHeldUp(PATIENCE, WorkerLoad.SLOW_LOADING_NANOS)).isFalse();
    assertThat(load.isHeldUp(PATIENCE, WorkerLoad.SLOW_LOADING_NANOS + 1)).isTrue();
  }

  @Test
  void aLaterEventOfTheSameCodeMayTakeNoLongerThanThePatience() {
    add(1, 0);
    load.doneFirst(10);
    add(2, 20);
    assertThat(load.isHeldUp(PATIENCE, 20 + PATIENCE)).isFalse();
    assertThat(load.isHeldUp(PATIENCE, 21 + PATIENCE)).isTrue();
  }

  @Test
  void withoutEventsNothingIsHeldUp() {
    assertThat(load.isHeldUp(PATIENCE, TimeUnit.HOURS.toNanos(1))).isFalse();
  }
}
