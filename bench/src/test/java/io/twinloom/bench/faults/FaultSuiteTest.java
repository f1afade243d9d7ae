package io.twinloom.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ./twinloom bench faults}; {@code -Dtwinloom.seed=…} repeats a run's
 * faults.
 */
@Tag("full")
class FaultSuiteTest {

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingDoubledWhateverFails() throws Exception {
    long seed = Long.getLong("twinloom.seed", System.nanoTime());
    System.out.println("faults: seed " + seed);
    FaultSuite.Outcome outcome = new FaultSuite(300, 10_000, 2, seed).run(folder);
    System.out.println("faults: " + outcome);
    assertThat(outcome).as("seed " + seed).matches(FaultSuite.Outcome::isWell);
    assertThat(outcome.acknowledged()).isGreaterThanOrEqualTo(300);
  }
}
