package io.twinloom.local.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What can wait beside the events of a twin")
class EventPaceTest {

  private static final Duration PIECE = Duration.ofMillis(50);

  private long now;
  private final List<Duration> pauses = new ArrayList<>();
  private final EventPace pace =
      new EventPace(
          () -> now,
          nanos -> {
            now += nanos;
            pauses.add(Duration.ofNanos(nanos));
          },
          4);

  /** Runs pieces while events wait so long for their writes. */
  private void run(int pieces, Duration waited) {
    for (int i = 0; i < pieces; i++) {
      pace.run(
          () -> {
            now += PIECE.toNanos();
            for (int event = 0; event < 25; event++) {
              pace.waited(waited.toNanos());
            }
            return true;
          });
    }
  }

  @Test
  @DisplayName("a copy takes all processors where there are no events")
  void noEvents() {
    for (int i = 0; i < 4; i++) {
      pace.run(
          () -> {
            now += PIECE.toNanos();
            return true;
          });
    }
    assertThat(pace.share()).isEqualTo(4);
    assertThat(pauses).isEmpty();
  }

  @Test
  @DisplayName("a copy does less and less while events wait, with pauses, but never nothing")
  void lateEvents() {
    run(4, Duration.ofMillis(1));
    run(100, Duration.ofMillis(80));
    assertThat(pace.share()).isEqualTo(EventPace.LEAST);
    assertThat(pauses.getLast()).isEqualTo(PIECE.multipliedBy(9));
  }

  @Test
  @DisplayName("a copy does more again once events do not wait any more")
  void quickEvents() {
    run(4, Duration.ofMillis(1));
    run(100, Duration.ofMillis(80));
    double least = pace.share();
    run(40, Duration.ofMillis(2));
    assertThat(pace.share()).isGreaterThan(2 * least);
    run(400, Duration.ofMillis(2));
    assertThat(pace.share()).isEqualTo(4);
    pauses.clear();
    run(1, Duration.ofMillis(2));
    assertThat(pauses).isEmpty();
  }

  @Test
  @DisplayName("one late event of many does not slow a copy")
  void oneLate() {
    for (int i = 0; i < 100; i++) {
      run(1, Duration.ofMillis(2));
      pace.waited(Duration.ofMillis(90).toNanos());
    }
    assertThat(pace.share()).isGreaterThan(1);
  }

  @Test
  @DisplayName("a disk on which every write takes long does not slow a copy")
  void slowDisk() {
    for (int event = 0; event < 100; event++) {
      pace.waited(Duration.ofMillis(40).toNanos());
    }
    run(100, Duration.ofMillis(40));
    assertThat(pace.share()).isGreaterThan(1);
    run(100, Duration.ofMillis(200));
    assertThat(pace.share()).isEqualTo(EventPace.LEAST);
  }

  @Test
  @DisplayName("a copy runs one piece at a time below two threads' worth")
  void oneAtATime() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Boolean> one =
          threads.submit(
              () ->
                  pace.run(
                      () -> {
                        first.countDown();
                        try {
                          return second.await(100, TimeUnit.MILLISECONDS);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      }));
      first.await();
      Future<Boolean> other =
          threads.submit(
              () ->
                  pace.run(
                      () -> {
                        second.countDown();
                        return true;
                      }));
      assertThat(one.get()).as("the second runs beside the first").isFalse();
      assertThat(other.get()).isTrue();
    }
  }
}
