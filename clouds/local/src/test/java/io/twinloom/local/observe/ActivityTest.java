package io.twinloom.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final Activity activity = new Activity();

  @Test
  void percentilesAreAtMostAHalfTooLarge() {
    for (int i = 1; i <= 100; i++) {
      activity.add(START.plusSeconds(i), i, i % 10 != 0);
    }

    Activity.Figures figures = activity.since(START);
    assertThat(figures.count()).isEqualTo(100);
    assertThat(figures.errors()).isEqualTo(10);
    assertThat(figures.p50()).isBetween(50.0, 75.0);
    assertThat(figures.p95()).isBetween(95.0, 100.0);
    assertThat(figures.max()).isEqualTo(100);
    assertThat(activity.usual()).hasValue(51);
  }

  @Test
  void aWindowLeavesOutWhatWasBefore() {
    activity.add(START, 1, true);
    activity.add(START.plusSeconds(60), 2, true);

    assertThat(activity.since(START.plusSeconds(30)).count()).isEqualTo(1);
    assertThat(activity.total()).isEqualTo(2);
  }

  @Test
  void aWindowOfThePastEndsWithASlot() {
    activity.add(START.plusSeconds(9), 1, true);
    activity.add(START.plusSeconds(10), 1, true);
    Instant end = Activity.to(START.plusSeconds(3), START.plusSeconds(60));

    assertThat(end).isEqualTo(START.plusSeconds(10));
    assertThat(Activity.to(START.plusSeconds(3), START.plusSeconds(5)))
        .as("now")
        .isEqualTo(START.plusSeconds(5));
    assertThat(Activity.from(Duration.ofSeconds(60), START.plusSeconds(79), START)).isEqualTo(end);
    assertThat(Activity.from(Duration.ofHours(1), end, START)).as("the start").isEqualTo(START);
    assertThat(activity.between(START, end).count()).isEqualTo(1);
    assertThat(activity.lastBefore(end)).contains(START);
    assertThat(activity.between(START, START.plusSeconds(11)).count()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanIsKeptIsForgotten() {
    activity.add(START, 1, true);
    for (int i = 1; i <= 400; i++) {
      activity.add(START.plus(Duration.ofSeconds(10L * i)), 1, true);
    }

    assertThat(activity.since(START).count()).isLessThan(401);
  }
}
