package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static long seconds(String value) {
    return RetryAfter.seconds(Optional.of(value), NOW);
  }

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(seconds("0")).isZero();
    assertThat(seconds(" 120 ")).isEqualTo(120);
  }

  @Test
  void aTimeIsTakenFromNow() {
    assertThat(seconds("Sun, 01 Mar 2026 10:01:30 GMT")).isEqualTo(90);
    assertThat(seconds("Sun, 01 Mar 2026 09:00:00 GMT")).isZero();
  }

  @Test
  void whatCannotBeReadIsNone() {
    assertThat(RetryAfter.seconds(Optional.empty(), NOW)).isEqualTo(-1);
    assertThat(seconds("")).isEqualTo(-1);
    assertThat(seconds("-5")).isEqualTo(-1);
    assertThat(seconds("soon")).isEqualTo(-1);
    assertThat(seconds("99999999999999999999999")).isEqualTo(-1);
  }
}
