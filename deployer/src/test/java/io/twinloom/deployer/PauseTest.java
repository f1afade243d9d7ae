package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {

  @Test
  void anInterruptionIsAnErrorWithItsOwnWordsAndTheThreadStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Pause.sleeping("It was cut.", "Again.").of(Duration.ofDays(1)))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-INTERRUPTED");
              assertThat(e.what()).isEqualTo("It was cut.");
              assertThat(e.fix()).isEqualTo("Again.");
            });
    assertThat(Thread.interrupted()).isTrue();
  }
}
