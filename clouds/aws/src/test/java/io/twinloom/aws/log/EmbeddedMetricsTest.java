package io.twinloom.aws.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EmbeddedMetricsTest {

  @Test
  void countsAreMetricsOfTheFunction() {
    Map<String, Long> counts =
        new TreeMap<>(Map.of("rule-1-fired", 2L, "moved-by-a-microsecond", 1L));
    Instant now = Instant.parse("2026-03-01T12:00:00.5Z");
    assertThat(Json.text(new EmbeddedMetrics().line("f", counts, now)))
        .isEqualTo(
            "{\"_aws\":{\"Timestamp\":1772366400500,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"Twinloom\",\"Dimensions\":[[\"function\"]],\"Metrics\":["
                + "{\"Name\":\"moved-by-a-microsecond\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"rule-1-fired\",\"Unit\":\"Count\"}]}]},"
                + "\"function\":\"f\",\"moved-by-a-microsecond\":1,\"rule-1-fired\":2}");
  }
}
