package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final int BURST = 30;

  private long now;
  private final List<Duration> pauses = new ArrayList<>();
  private final Pace pace =
      new Pace(
          pause -> {
            pauses.add(pause);
            now += pause.toNanos();
          },
          () -> now);

  @Test
  void aTableThatTakesAllIsNotWaitedFor() {
    ask(1_000, 1_000_000);
    assertThat(pauses).isEmpty();
  }

  @Test
  @DisplayName("a table takes 300 writes a second: asked about as often, and most are taken")
  void itIsAskedAboutAsOftenAsItAnswers() {
    int asked = ask(9_000, 300);
    double seconds = now / 1e9;
    assertThat(9_000 / seconds).as("taken a second").isBetween(200.0, 310.0);
    assertThat(asked).as("requests for 9,000 items").isLessThan(10_500);
  }

  @Test
  void onceItTakesMoreAgainItIsAskedFaster() {
    ask(3_000, 300);
    long before = now;
    ask(6_000, 1_000_000);
    assertThat(6_000 / ((now - before) / 1e9)).isGreaterThan(900);
    pauses.clear();
    ask(1_000, 1_000_000);
    assertThat(pauses).isEmpty();
  }

  @Test
  void severalThatAreThrottledTogetherSlowItDownOnce() {
    for (int i = 0; i < 16; i++) {
      pace.throttled();
    }
    pace.await();
    pace.await();
    assertThat(pauses.getLast()).isLessThan(Duration.ofMillis(2));
  }

  /**
   * Asks a table with a little burst until so many are taken; each request takes 50 microseconds.
   * Returns how often it asked.
   */
  private int ask(int items, int aSecond) {
    int taken = 0;
    int asked = 0;
    double room = BURST;
    long last = now;
    while (taken < items) {
      pace.await();
      asked++;
      now += 50_000;
      room = Math.min(BURST, room + (now - last) * aSecond / 1e9);
      last = now;
      if (room >= 1) {
        room--;
        taken++;
        pace.taken();
      } else {
        pace.throttled();
      }
    }
    return asked;
  }
}
