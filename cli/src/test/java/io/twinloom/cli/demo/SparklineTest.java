package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void theLeastValueIsTheLowestBarAndTheGreatestTheHighest() {
    Sparkline line = new Sparkline(5);
    line.add(-3);
    line.add(0.5);
    line.add(4);

    assertThat(line.text()).isEqualTo("▁▅█");
  }

  @Test
  void valuesThatDoNotChangeAreAFlatLineInTheMiddle() {
    Sparkline line = new Sparkline(5);
    line.add(2);
    line.add(2);

    assertThat(line.text()).isEqualTo("▅▅");
  }

  @Test
  void onlyTheLastValuesAreShown() {
    Sparkline line = new Sparkline(2);
    line.add(100);
    line.add(1);
    line.add(2);

    assertThat(line.text()).isEqualTo("▁█");
  }
}
