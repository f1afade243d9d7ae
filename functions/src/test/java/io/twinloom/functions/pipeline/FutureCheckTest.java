package io.twinloom.functions.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.RecordingLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FutureCheckTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final RecordingLog log = new RecordingLog();
  private final FutureCheck future = new FutureCheck(() -> NOW);

  @Test
  void whatClocksDifferByIsNothingToSpeakOf() {
    check("press-1", FutureCheck.TOLERANCE);
    check("press-1", Duration.ofDays(-30));
    assertThat(log.counts()).isEmpty();
    assertThat(log.notes()).isEmpty();
  }

  @Test
  @DisplayName("a device's clock is ten years ahead")
  void aTimeAheadIsCountedEachTimeAndWarnedOfOncePerDevice() {
    check("press-1", Duration.ofDays(3650));
    check("press-1", Duration.ofDays(3651));
    check("oven-2", Duration.ofHours(3));

    assertThat(log.counts()).hasSize(3).containsOnly("time-in-the-future");
    assertThat(log.messages(Level.WARN))
        .satisfiesExactly(
            first -> assertThat(first).contains("2036-02-27T12:00:00.000000Z", "by 3,650 days"),
            second -> assertThat(second).contains("by 3 hours"));
    assertThat(log.notes().getFirst().fields()).containsEntry("device", "press-1");
  }

  private void check(String device, Duration ahead) {
    future.check(
        new Normalized(JsonObject.EMPTY, device, Timestamps.of(NOW.plus(ahead)), true),
        new Invocation("f", log, letter -> {}, false, "t"));
  }
}
