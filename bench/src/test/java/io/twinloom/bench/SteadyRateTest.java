package io.twinloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SteadyRateTest {

  private final SteadyRate rate = new SteadyRate();

  private long looksUntilSteady(double... rates) {
    return DoubleStream.of(rates).takeWhile(one -> !rate.isSteadyAfter(one)).count();
  }

  @Test
  void aRateThatRisesIsNotSteady() {
    assertThat(looksUntilSteady(1_000, 2_000, 3_000, 4_000, 4_400, 4_800, 5_100)).isEqualTo(7);
  }

  @Test
  void aRateThatHasRisenIsSteadyOnceSixLooksTellNoDifference() {
    assertThat(looksUntilSteady(1_000, 4_000, 4_900, 5_000, 5_050, 5_000, 4_980, 5_020, 5_000))
        .isEqualTo(7);
  }

  @Test
  void oneLookInWhichTheMachineWasBusyDoesNotEndIt() {
    assertThat(looksUntilSteady(1_000, 2_000, 3_000, 4_000, 1_500, 5_000, 5_500)).isEqualTo(7);
  }

  @Test
  void aRateThatFallsIsSteady() {
    assertThat(looksUntilSteady(5_000, 5_000, 5_000, 4_000, 4_000, 4_000)).isEqualTo(5);
  }
}
