package io.twinloom.functions.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureTraceTest {

  @Test
  void classesAndFramesOfAllCausesAreShownAndNoMessage() {
    String trace =
        FailureTrace.of(
            new IllegalStateException(
                "secret 1", new UncheckedIOException("secret 2", new IOException("secret 3"))));

    assertThat(trace)
        .startsWith("java.lang.IllegalStateException\n  at io.twinloom.functions.pipeline.")
        .contains("\nCaused by: java.io.UncheckedIOException\n  at ")
        .contains("\nCaused by: java.io.IOException\n  at ")
        .contains("FailureTraceTest.java")
        .doesNotContain("secret");
  }

  @Test
  void aDeepStackAndACauseThatIsItsOwnAreCutOff() {
    Exception one = new IllegalStateException("a");
    Exception other = new IllegalStateException("b", one);
    one.initCause(other);

    assertThat(FailureTrace.of(one).lines().count()).isLessThanOrEqualTo(4 * 13);
  }
}
