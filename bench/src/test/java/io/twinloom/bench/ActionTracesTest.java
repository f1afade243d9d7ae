package io.twinloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionTracesTest {

  @TempDir Path folder;

  @Test
  void anEventWhoseActionDidNotRunIsMissedAndOneThatRanTwiceIsCounted() throws Exception {
    ActionTraces traces = traces("a 1", "a 2", "b 1", "a 2");

    assertThat(traces.await(Map.of("a", Set.of("1", "2"), "b", Set.of("1")), Duration.ofMinutes(1)))
        .isEqualTo(new ActionTraces.Ran(3, 1, 0));
    assertThat(traces.await(Map.of("a", Set.of("1", "3"), "b", Set.of("2")), Duration.ZERO))
        .isEqualTo(new ActionTraces.Ran(3, 1, 2));
  }

  @Test
  void whereNoActionRanAllAreMissed() throws Exception {
    assertThat(
            new ActionTraces(folder.resolve("none"))
                .await(Map.of("a", Set.of("1", "2")), Duration.ZERO))
        .isEqualTo(new ActionTraces.Ran(0, 0, 2));
  }

  private ActionTraces traces(String... lines) throws IOException {
    return new ActionTraces(
        Files.writeString(folder.resolve("traces"), String.join("\n", lines) + "\n"));
  }
}
