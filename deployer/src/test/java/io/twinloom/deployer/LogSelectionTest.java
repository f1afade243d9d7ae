package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogSelectionTest {

  private static final LogLine PRINTED = line("00.000000", "INFO", "p", "t1", "");
  private static final LogLine RAN = line("01.000000", "INFO", "p", "t1", "\"device\":\"s1\",");
  private static final LogLine OTHER = line("02.500000", "WARN", "q", "t2", "\"device\":\"s2\",");

  /** Somebody has looked at what the device measured. */
  private static final LogLine READ =
      line("03.000000", "INFO", "house-hot-reader", "t3", "\"device\":\"s1\",");

  private static final LogLine READ_ON = line("03.000000", "INFO", "house-hot-reader", "t3", "");

  private static LogLine line(
      String second, String level, String function, String trace, String device) {
    return new LogLine(
        Json.parseObject(
            ("{\"time\":\"2026-03-01T10:00:%sZ\",\"level\":\"%s\",%s\"function\":\"%s\","
                    + "\"trace_id\":\"%s\"}")
                .formatted(second, level, device, function, trace)
                .getBytes(StandardCharsets.UTF_8)));
  }

  private static List<LogLine> chosen(LogQuery query) {
    LogSelection selection = new LogSelection(query, Set.of("house-hot-reader"));
    List<LogLine> all = List.of(PRINTED, RAN, OTHER, READ, READ_ON);
    all.forEach(selection::learn);
    return all.stream().filter(selection::wants).toList();
  }

  @Test
  void theLinesOfADeviceAreThoseOfItsTracesToo() {
    assertThat(chosen(LogQuery.builder().device(Optional.of("s1")).build()))
        .containsExactly(PRINTED, RAN);
    assertThat(
            chosen(
                LogQuery.builder()
                    .device(Optional.of("s1"))
                    .function(Optional.of("house-hot-reader"))
                    .build()))
        .as("asked for by their function, a reader's lines are shown")
        .containsExactly(READ, READ_ON);
  }

  @Test
  void linesAreChosenByFunctionTraceLevelAndTime() {
    assertThat(chosen(LogQuery.all())).hasSize(5);
    assertThat(chosen(LogQuery.builder().function(Optional.of("q")).build()))
        .containsExactly(OTHER);
    assertThat(chosen(LogQuery.builder().trace(Optional.of("t1")).build())).hasSize(2);
    assertThat(chosen(LogQuery.builder().level("WARN").build())).containsExactly(OTHER);
    Instant since = Instant.parse("2026-03-01T10:00:02Z");
    assertThat(chosen(LogQuery.builder().since(Optional.of(since)).build()))
        .as("a time with a fraction is later than the same second without one")
        .containsExactly(OTHER, READ, READ_ON);
  }

  @Test
  void theReadersAreThoseOfAPlan() {
    JsonObject plan =
        Json.parseObject(
            ("{\"functions\":[{\"name\":\"h-hot-reader\",\"function\":\"hot-reader\"},"
                    + "{\"name\":\"h-history-reader\",\"function\":\"history-reader\"},"
                    + "{\"name\":\"h-persister\",\"function\":\"persister\"},7]}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(LogSelection.readers(plan))
        .containsExactlyInAnyOrder("h-hot-reader", "h-history-reader");
  }
}
