package io.twinloom.worker.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.worker.wire.Frame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Events that stand behind a slow one are given back, and only those. */
class EventQueueTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final EventQueue queue = new EventQueue();
  private final CompletableFuture<List<Long>> givenBack = new CompletableFuture<>();

  private static Frame event(long id) {
    return Frame.call(id, 1, new byte[0]);
  }

  private Thread watching() {
    return Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    try {
      queue.giveBackDelayed(events -> givenBack.complete(events.stream().map(Frame::id).toList()));
    } catch (InterruptedException e) {
      givenBack.completeExceptionally(e);
    }
  }

  private static void untilItWaits(Thread thread, Thread.State how) {
    while (thread.getState() != how) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theyAreGivenBackOnceItHasRunForLongerThanItsPatience() throws Exception {
    queue.add(event(1));
    queue.add(event(2));
    queue.add(event(3));
    watching();
    assertThat(queue.start(TimeUnit.MILLISECONDS.toNanos(1)).id()).isEqualTo(1);
    assertThat(givenBack.get(1, TimeUnit.MINUTES)).containsExactly(2L, 3L);
  }

  @Test
  void oneThatArrivesBehindASlowOneIsGivenBack() throws Exception {
    Thread watcher = watching();
    queue.add(event(1));
    assertThat(queue.start(1).id()).isEqualTo(1);
    untilItWaits(watcher, Thread.State.WAITING);
    queue.add(event(2));
    assertThat(givenBack.get(1, TimeUnit.MINUTES)).containsExactly(2L);
  }

  @Test
  void anEventWithLessPatienceThanTheOneBeforeItIsNotWaitedForAsLong() throws Exception {
    queue.add(event(1));
    queue.add(event(2));
    queue.add(event(3));
    assertThat(queue.start(HOUR).id()).isEqualTo(1);
    untilItWaits(watching(), Thread.State.TIMED_WAITING);
    assertThat(queue.start(1).id()).isEqualTo(2);
    assertThat(givenBack.get(1, TimeUnit.MINUTES)).containsExactly(3L);
  }

  @Test
  void whatIsToBeForgottenKeepsItsPlace() throws Exception {
    queue.add(event(1));
    queue.add(new Frame(Frame.FORGET, 7, new byte[0]));
    queue.add(event(2));
    assertThat(queue.start(1).id()).isEqualTo(1);
    watching();
    assertThat(givenBack.get(1, TimeUnit.MINUTES)).containsExactly(2L);
    assertThat(queue.start(1).type()).isEqualTo(Frame.FORGET);
  }
}
