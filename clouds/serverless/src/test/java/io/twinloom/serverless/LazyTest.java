package io.twinloom.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void nothingIsMadeBeforeItIsAskedForAndThenOnce() {
    Lazy<String> lazy = new Lazy<>(() -> "value " + made.incrementAndGet());
    assertThat(made).hasValue(0);
    assertThat(lazy.get()).isEqualTo("value 1");
    assertThat(lazy.get()).isEqualTo("value 1");
    assertThat(made).hasValue(1);
  }

  @Test
  void whatFailedIsTriedAgain() {
    Lazy<String> lazy =
        new Lazy<>(
            () -> {
              if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
              return "value";
            });
    assertThatThrownBy(lazy::get).hasMessage("not yet");
    assertThat(lazy.get()).isEqualTo("value");
  }
}
