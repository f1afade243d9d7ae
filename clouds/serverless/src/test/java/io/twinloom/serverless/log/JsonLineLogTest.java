package io.twinloom.serverless.log;

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

class JsonLineLogTest {

  private static final int MOST = 3;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonLineLog log = log(false);

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
    log(true).note(Level.DEBUG, "f", "t", "The event.", Map.of());
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
        .isEqualTo("{\"at\":1772366400500,\"moved-by-a-microsecond\":1,\"rule-1-fired\":2}");
  }

  @Test
  void ofWhatWasMeasuredTheLastValueGoesOut() {
    log.measure("f", "hot-item-overdue-hours", 40);
    log.measure("f", "hot-item-overdue-hours", 0);
    log.invocation("f", "", "", "", "ok", Duration.ZERO);
    assertThat(Json.text(lines().get(1)))
        .isEqualTo("{\"at\":1772366400500,\"hot-item-overdue-hours\":0}");
  }

  @Test
  void countsThatOneLineHasNoRoomForAreInTheNext() {
    for (int i = 0; i < 2 * MOST + 1; i++) {
      log.count("f", "c" + i);
    }
    log.invocation("f", "", "", "", "ok", Duration.ZERO);
    assertThat(lines()).hasSize(4);
  }

  private JsonLineLog log(boolean debug) {
    return new JsonLineLog("aws", out, InstantSource.fixed(NOW), new Counts(), debug);
  }

  private static final class Counts implements JsonLineLog.Metrics {
    @Override
    public int most() {
      return MOST;
    }

    @Override
    public JsonObject line(String function, Map<String, Long> counts, Instant now) {
      JsonObject.Builder line = JsonObject.builder().put("at", now.toEpochMilli());
      counts.forEach(line::put);
      return line.build();
    }
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
