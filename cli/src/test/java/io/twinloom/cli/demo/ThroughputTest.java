package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  private final Throughput throughput = new Throughput("first", "last");

  @Test
  void theWayLastsFromTheStartOfTheFirstFunctionToTheEndOfTheLast() {
    throughput.line(line("first", "t", "2026-03-01T12:00:00.005Z", 5));
    throughput.line(line("last", "t", "2026-03-01T12:00:00.020Z", 3));

    assertThat(throughput.median().orElseThrow()).isCloseTo(20, within(0.01));
  }

  @Test
  void beforeAnythingArrivedThereIsNoMedian() {
    throughput.line(line("first", "t", "2026-03-01T12:00:00.005Z", 5));

    assertThat(throughput.median()).isEmpty();
  }

  @Test
  void whatArrivedLongAgoDoesNotCountForTheRate() {
    for (int i = 0; i < 10; i++) {
      throughput.line(line("first", "t" + i, "2026-03-01T12:00:00.005Z", 5));
      throughput.line(line("last", "t" + i, "2026-03-01T12:00:00.020Z", 3));
    }

    assertThat(throughput.perSecond(Instant.parse("2026-03-01T12:00:01Z"))).isEqualTo(2.0);
    assertThat(throughput.perSecond(Instant.parse("2026-03-01T12:01:00Z"))).isZero();
  }

  private static LogLine line(String function, String trace, String time, double millis) {
    return new LogLine(
        JsonObject.builder()
            .put("time", time)
            .put("function", function)
            .put("trace_id", trace)
            .put("outcome", "ok")
            .put("ms", millis)
            .build());
  }
}
