package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterGroupTest {

  private static DeadLetterEntry letter(int second, String function, String error, String event) {
    return DeadLetterEntry.of(
            "aws-" + second, KnownClouds.AWS, Instant.ofEpochSecond(1_767_225_600L + second))
        .function(function)
        .error(error)
        .attempts(1)
        .event(json(event))
        .build();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lettersOfOneFunctionDeviceAndCauseAreOneGroupWithItsNewest() {
    List<DeadLetterGroup> groups =
        DeadLetterGroup.of(
            List.of(
                letter(1, "f", "\"time\" is \"00:54\".", "{\"channel_device\": \"s1\"}"),
                letter(2, "f", "\"time\" is \"00:55\".", "{\"channel_device\": \"s1\"}"),
                letter(3, "f", "\"time\" is \"00:55\".", "{\"channel_device\": \"s2\"}"),
                letter(
                    4,
                    "g",
                    "[USER_LOGIC_ERROR] 4 is high",
                    "{\"payload\": {\"device_id\": \"s1\"}}"),
                letter(
                    5,
                    "g",
                    "[USER_LOGIC_ERROR] 5 is high",
                    "{\"payload\": {\"device_id\": \"s1\"}}"),
                letter(
                    6, "g", "[USER_LOGIC_ERROR] other", "{\"payload\": {\"device_id\": \"s1\"}}")));

    assertThat(groups).extracting(g -> g.letters().size()).containsExactly(2, 1, 2, 1);
    assertThat(groups).extracting(DeadLetterGroup::device).containsExactly("s1", "s2", "s1", "s1");
    assertThat(groups.getFirst().newest().id()).isEqualTo("aws-2");
    assertThat(groups.getLast().toJson().get("count")).hasToString("1");
  }

  @Test
  void thePayloadIsWhatTheDeviceSent() {
    assertThat(payload("{\"payload\": \"a text\", \"message_id\": \"m\"}")).isEqualTo("a text");
    assertThat(payload("{\"payload\": {\"t\": 1}}")).isEqualTo("{\"t\":1}");
    assertThat(payload("{\"payload_base64\": \"4pyT\"}")).isEqualTo("(base64) 4pyT");
    assertThat(payload("{\"rule\": 1}")).isEqualTo("{\"rule\":1}");
  }

  private static String payload(String event) {
    return DeadLetterGroup.of(List.of(letter(1, "f", "e", event))).getFirst().payload();
  }
}
