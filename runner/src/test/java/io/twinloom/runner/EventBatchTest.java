package io.twinloom.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventBatchTest {

  private static final String BATCH =
      """
      {"twinloom_batch": 1, "events": [{"v": 1.50000000000000000000000001, "ä": "é😀"},
        {"deep": {"er": [1, {}]}}, {}]}
      """;

  @Test
  void eachEventIsTakenByteForByte() {
    assertThat(EventBatch.events(bytes(BATCH)))
        .extracting(event -> new String(event, StandardCharsets.UTF_8))
        .containsExactly(
            "{\"v\": 1.50000000000000000000000001, \"ä\": \"é😀\"}",
            "{\"deep\": {\"er\": [1, {}]}}",
            "{}");
  }

  @Test
  void anEventByItselfIsNoBatch() {
    for (String event :
        List.of(
            "{\"device_id\": \"a\", \"twinloom_batch\": 1}",
            "{\"twinloom_batch\": 2, \"events\": [{}]}",
            "{\"twinloom_batch\": 1, \"events\": 3}",
            "[]",
            "{",
            "")) {
      assertThat(EventBatch.events(bytes(event))).as(event).isEmpty();
    }
  }

  @Test
  void anEventThatFailsHasAnErrorAndItsNeighboursHaveResults() {
    List<byte[]> events = List.of(bytes("{\"n\":1}"), bytes("bad"), bytes("{\"n\":3}"));
    byte[] results =
        EventBatch.results(
            events,
            event -> {
              if (event.length == 3) {
                throw new UserCodeException(UserCodeException.Stage.RUNNING, "no \"value\"");
              }
              return event;
            },
            () -> false);
    assertThat(new String(results, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"twinloom_batch\":1,\"results\":[{\"result\":{\"n\":1}},"
                + "{\"error\":\"no \\\"value\\\"\"},{\"result\":{\"n\":3}}]}");
  }

  @Test
  void whatThereIsNoTimeOrRoomForIsNotStarted() {
    List<byte[]> events = List.of(bytes("{}"), bytes("{}"), bytes("{}"));
    List<byte[]> started = new ArrayList<>();
    EventBatch.results(
        events,
        event -> {
          started.add(event);
          return event;
        },
        () -> started.size() >= 2);
    assertThat(started).hasSize(2);
    started.clear();
    EventBatch.results(
        events,
        event -> {
          started.add(event);
          return new byte[4 * 1024 * 1024];
        },
        () -> false);
    assertThat(started).hasSize(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
