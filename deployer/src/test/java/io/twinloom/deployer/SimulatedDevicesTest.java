package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDevicesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final String DEVICES =
      """
      [{"id": "a", "properties": [{"name": "t", "dataType": "DOUBLE", "initValue": 100},
                                  {"name": "n", "dataType": "INTEGER"},
                                  {"name": "on", "dataType": "BOOLEAN"},
                                  {"name": "state", "dataType": "STRING", "initValue": "idle"}]},
       {"id": "b", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
      """;

  @TempDir Path folder;

  @Test
  void withoutPayloadsTheValuesFitTheProperties() {
    Sent sent = devices("", "a").next(NOW);

    assertThat(((JsonNumber) sent.event().get("t")).asDouble()).isBetween(85.0, 115.0);
    assertThat(((JsonNumber) sent.event().get("n")).isWhole()).isTrue();
    assertThat(sent.event().get("on")).isInstanceOf(JsonBoolean.class);
    assertThat(sent.event().text("state")).contains("idle");
  }

  @Test
  void everyEventHasTheTimeAtWhichItIsMade() {
    Sent sent = devices("[{\"device_id\": \"a\", \"t\": 5, \"ts\": 12}]", "a").next(NOW);

    assertThat(sent.event().toString())
        .isEqualTo("{\"device_id\":\"a\",\"t\":5,\"timestamp\":\"2026-03-01T12:00:00.123456Z\"}");
  }

  @Test
  void payloadsAreReplayedOverAndOver() {
    SimulatedDevices devices =
        devices(
            "[{\"iotDeviceId\": \"a\", \"t\": 1, \"time\": 1}, {\"iotDeviceId\": \"a\", \"t\": 2}]",
            "a");

    assertThat(List.of(t(devices), t(devices), t(devices))).containsExactly("1", "2", "1");
  }

  @Test
  void devicesTakeTurns() {
    SimulatedDevices devices = devices("");

    assertThat(
            List.of(
                devices.next(NOW).device(), devices.next(NOW).device(), devices.next(NOW).device()))
        .containsExactly("a", "b", "a");
  }

  @Test
  void aDeviceThatTheProjectDoesNotHaveIsAnError() {
    assertThatThrownBy(() -> devices("", "a", "c"))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-DEVICE-UNKNOWN"))
        .hasMessageContaining("'c'");
  }

  private static String t(SimulatedDevices devices) {
    return String.valueOf(devices.next(NOW).event().get("t"));
  }

  private SimulatedDevices devices(String payloads, String... chosen) {
    Project project = Projects.of(folder, DEVICES, payloads);
    return new SimulatedDevices(project, List.of(chosen), new Random(1));
  }
}
