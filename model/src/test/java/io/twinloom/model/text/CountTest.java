package io.twinloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

  @Test
  void oneThingIsSingularAndThousandsAreSeparated() {
    assertThat(Count.of(1, "item")).isEqualTo("1 item");
    assertThat(Count.of(0, "item")).isEqualTo("0 items");
    assertThat(Count.of(1210, "chunk")).isEqualTo("1,210 chunks");
    assertThat(Count.of(2, "event waits", "events wait")).isEqualTo("2 events wait");
    assertThat(Count.noun(1, "run") + Count.noun(0, "run")).isEqualTo("runruns");
  }
}
