package io.twinloom.aws.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardOutLogTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StandardOutLog log = new StandardOutLog(out, InstantSource.fixed(NOW), false);

  @Test
  void anInvocationIsOneLineWithTheMembersOfTheLocalLog() {
    log.invocation("plant-dispatcher", "aws", "t-1", "press-1", "ok", Duration.ofNanos(12_345_678));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-03-01T12:00:00.500000Z\",\"level\":\"INFO\","
                + "\"function\":\"plant-dispatcher\",\"cloud\":\"aws\",\"source_cloud\":\"aws\","
                + "\"trace_id\":\"t-1\",\"device\":\"press-1\",\"outcome\":\"ok\","
                + "\"ms\":12.345}\n");
  }

  @Test
  void aFailedInvocationIsAWarning() {
    log.invocation("f", "", "", "", "TL-STORE-FAILED", Duration.ZERO);
    assertThat(lines()).singleElement().satisfies(l -> assertThat(level(l)).isEqualTo("WARN"));
  }

  @Test
  void aNoteSaysWhatItIsAboutInFields() {
    log.note(Level.WARN, "f", "t", "Two\nlines \"x\"", Map.of("device", "传感器-1"));
    assertThat(lines()).hasSize(1);
    JsonObject line = lines().getFirst();
    assertThat(line.text("message")).contains("Two\nlines \"x\"");
    assertThat(line.object("fields").orElseThrow().text("device")).contains("传感器-1");
  }

  @Test
  void debugNotesAreWrittenInDebugModeOnly() {
    log.note(Level.DEBUG, "f", "t", "The event.", Map.of("event", "secret"));
    assertThat(out.size()).isZero();
    new StandardOutLog(out, InstantSource.fixed(NOW), true)
        .note(Level.DEBUG, "f", "t", "The event.", Map.of());
    assertThat(lines()).hasSize(1);
  }

  @Test
  void aLongTextIsCut() {
    log.note(Level.INFO, "f", "t", "x".repeat(10_000), Map.of());
    assertThat(lines().getFirst().text("message").orElse("")).hasSize(4_001).endsWith("…");
  }

  @Test
  void whatWasCountedGoesOutOnceWithTheInvocationThatCountedIt() {
    log.count("f", "rule-1-fired");
    log.count("f", "rule-1-fired");
    log.count("f", "moved-by-a-microsecond");
    assertThat(out.size()).isZero();
    log.invocation("f", "", "", "", "ok", Duration.ZERO);
    log.invocation("f", "", "", "", "ok", Duration.ZERO);
    assertThat(lines()).hasSize(3);
    assertThat(Json.text(lines().get(1)))
        .isEqualTo(
            "{\"_aws\":{\"Timestamp\":1772366400500,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"Twinloom\",\"Dimensions\":[[\"function\"]],\"Metrics\":["
                + "{\"Name\":\"moved-by-a-microsecond\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"rule-1-fired\",\"Unit\":\"Count\"}]}]},"
                + "\"function\":\"f\",\"moved-by-a-microsecond\":1,\"rule-1-fired\":2}");
  }

  private List<JsonObject> lines() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> Json.parseObject(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static String level(JsonObject line) {
    return line.text("level").orElse("");
  }
}
