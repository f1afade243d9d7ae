package io.twinloom.runner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What user code logs on AWS has a line of the shape of the system's own. */
class UserLinesTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final UserLines lines =
      new UserLines("plant-press-1", out, () -> Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void aRecordHasFunctionTraceAndLevel() {
    lines.begin("trace-1");
    log(Level.WARNING, "low");
    assertThat(said())
        .isEqualTo(
            "{\"time\":\"2026-01-01T00:00:00.000000Z\",\"level\":\"WARN\","
                + "\"function\":\"plant-press-1\",\"cloud\":\"aws\",\"trace_id\":\"trace-1\","
                + "\"message\":\"low\",\"fields\":{\"from\":\"user code\"}}\n");
  }

  @Test
  void aRecordThatIsLongerThanALineMayBeIsCut() {
    log(Level.INFO, "ä".repeat(UserLines.MAX_LINE_BYTES));
    assertThat(said()).endsWith("\"fields\":{\"from\":\"user code\"}}\n");
    assertThat(out.size()).isBetween(UserLines.MAX_LINE_BYTES, UserLines.MAX_LINE_BYTES + 1_000);
  }

  private void log(Level level, String text) {
    lines.records().publish(new LogRecord(level, text));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
