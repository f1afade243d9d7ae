package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObservationsTest {

  private final Observations observations = new Observations();
  private final InvocationLog log = observations.watching(InvocationLog.SILENT);

  @Test
  @DisplayName("user code warns of each event in other words")
  void theLastWarningOfUserCodeStandsForAllOfItsFunction() {
    log.note(Level.ERROR, "plant-hot-writer", "t", "It failed.", Map.of());
    log.note(Level.WARN, "press-1", "t", "warm: 31", InvocationLog.OF_USER_CODE);
    log.note(Level.WARN, "press-1", "t", "warm: 32", InvocationLog.OF_USER_CODE);
    log.note(Level.WARN, "press-2", "t", "cold: 3", InvocationLog.OF_USER_CODE);

    assertThat(observations.list())
        .containsExactly("plant-hot-writer: It failed.", "press-1: warm: 32", "press-2: cold: 3");
  }
}
