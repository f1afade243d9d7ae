package io.twinloom.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while every measurement fires two rules: whatever was acknowledged has its
 * action, both functions of its workflow and its command, at least once, the command on a device
 * that was away all the time. {@code -Dtwinloom.seed=…} repeats a run.
 */
@Tag("full")
class KilledWhileRulesFireTest {

  private static final int KILLS = 2;

  @TempDir Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private int published;

  @Test
  void whateverWasAcknowledgedHasItsActionItsWorkflowAndItsCommand() throws Exception {
    long seed = Long.getLong("twinloom.seed", System.nanoTime());
    System.out.println("kill -9 while rules fire: seed " + seed);
    Random random = new Random(seed);
    Path project = project();
    Path data = folder.resolve("data");
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningTwin running = RunningTwin.start(project, data)) {
        if (kill == 0) {
          leave(listen(running, new ConcurrentLinkedQueue<>()));
        }
        publishFor(running, 500 + random.nextInt(700));
        running.kill();
      }
    }
    try (RunningTwin running = RunningTwin.start(project, data)) {
      await().until(() -> running.backlog() == 0);
      assertThat(running.deadLetterKeys()).isEmpty();
      assertThat(acknowledged).hasSizeGreaterThan(20);
      for (String code : List.of("act", "one", "two")) {
        assertThat(Files.readAllLines(folder.resolve(code + ".notes")))
            .as("%s, seed %d", code, seed)
            .containsAll(acknowledged);
      }
      Queue<String> commands = new ConcurrentLinkedQueue<>();
      Mqtt3AsyncClient bell = listen(running, commands);
      await()
          .untilAsserted(
              () ->
                  assertThat(commands)
                      .as("commands, seed %d", seed)
                      .containsAll(
                          acknowledged.stream().map(t -> "{\"at\":\"" + t + "\"}").toList()));
      leave(bell);
    }
  }

  /** The device connects with a persistent session, and takes what there is. */
  private static Mqtt3AsyncClient listen(RunningTwin running, Queue<String> commands) {
    Mqtt3AsyncClient device = client(running, "bell");
    device.publishes(
        MqttGlobalPublishFilter.ALL,
        p -> commands.add(new String(p.getPayloadAsBytes(), StandardCharsets.UTF_8)));
    device.connectWith().cleanSession(false).send().join();
    device
        .subscribeWith()
        .topicFilter("dt/rules/bell/commands")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    return device;
  }

  private static void leave(Mqtt3AsyncClient device) {
    device.disconnect().join();
  }

  private void publishFor(RunningTwin running, int millis) throws InterruptedException {
    Mqtt3AsyncClient client = client(running, "meter");
    client.connect().join();
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      String timestamp = "2026-01-01T00:00:00.%06dZ".formatted(published++);
      client
          .publishWith()
          .topic("dt/rules/meter/telemetry")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(
              ("{\"timestamp\":\"" + timestamp + "\",\"t\":1}").getBytes(StandardCharsets.UTF_8))
          .send()
          .thenRun(() -> acknowledged.add(timestamp));
      boolean ignored = never.await(8, TimeUnit.MILLISECONDS);
    }
  }

  private static Mqtt3AsyncClient client(RunningTwin running, String id) {
    return MqttClient.builder()
        .useMqttVersion3()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(running.mqttPort())
        .buildAsync();
  }

  private Path project() throws IOException {
    Path project = folder.resolve("project");
    write(
        project.resolve("config.json"),
        """
        {"digital_twin_name": "rules", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    write(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "google", "layer_3_hot_provider": "azure",
         "layer_3_cold_provider": "azure", "layer_3_archive_provider": "azure"}
        """);
    write(
        project.resolve("config_iot_devices.json"),
        """
        [{"id": "meter", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
         {"id": "bell", "properties": []}]
        """);
    write(
        project.resolve("config_optimization.json"),
        """
        {"result": {"inputParamsUsed": {"useEventChecking": true,
          "triggerNotificationWorkflow": true, "returnFeedbackToDevice": true}}}
        """);
    write(
        project.resolve("config_events.json"),
        """
        [{"condition": "x.meter.t > DOUBLE(0)",
          "action": {"type": "function", "functionName": "act", "feedback":
            {"type": "mqtt", "iotDeviceId": "bell", "payload": "ring"}}},
         {"condition": "x.meter.t > DOUBLE(0)",
          "action": {"type": "workflow", "functionName": "one", "functionNameB": "two"}}]
        """);
    for (String name : List.of("act", "one", "two")) {
      write(
          project.resolve("event_actions/" + name + "/process.py"),
          """
          def process(given):
              at = given.get("result", given["event"])["timestamp"]
              with open("%s", "a") as notes:
                  notes.write(at + "\\n")
              return {"timestamp": at}
          """
              .formatted(folder.resolve(name + ".notes")));
    }
    write(
        project.resolve("event_feedback/process.py"),
        """
        def process(asked):
            return {"at": asked["event"]["timestamp"]}
        """);
    return project;
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }
}
