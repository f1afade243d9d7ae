package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer other than a tier of a twin that runs is moved to another cloud. */
class MovedLayerTest {

  private static final Pattern NOTED = Pattern.compile("noted (\\d+)\\.");

  @TempDir Path folder;
  private TieredTwin twin;

  @BeforeEach
  void makeProject() throws IOException {
    twin = TieredTwin.write(folder, "google", "google", "google");
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  /** Has each measurement run an action, which notes its number. */
  private void noteEach() throws IOException {
    Path project = twin.project();
    Path config = project.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("PRODUCTION", "DEBUG"));
    Path action = Files.createDirectories(project.resolve("event_actions/note"));
    Files.writeString(
        action.resolve("process.py"),
        """
        def process(event):
            print("noted " + str(int(event["event"]["t"])) + ".")
        """);
    Files.writeString(
        project.resolve("config_events.json"),
        """
        [{"condition": "s1.s1.t > DOUBLE(-1)", "action": {"type": "function",
          "functionName": "note", "autoDeploy": true}}]
        """);
    Files.writeString(
        project.resolve("config_optimization.json"),
        "{\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}");
  }

  /** Has each measurement of s2, and s1 where it is hot, send s2 a command. */
  private void answerEach() throws IOException {
    Path project = twin.project();
    Path action = Files.createDirectories(project.resolve("event_actions/rest"));
    Files.writeString(action.resolve("process.py"), "def process(event):\n    return {}\n");
    Files.writeString(
        project.resolve("config_events.json"),
        """
        [{"condition": "s2.s2.t > DOUBLE(0)", "action": {"type": "function",
          "functionName": "rest", "autoDeploy": true,
          "feedback": {"type": "mqtt", "iotDeviceId": "s2", "payload": "seen"}}},
         {"condition": "s1.s1.t >= DOUBLE(1000)", "action": {"type": "function",
          "functionName": "rest", "autoDeploy": true,
          "feedback": {"type": "mqtt", "iotDeviceId": "s2", "payload": "hot"}}}]
        """);
    Files.writeString(
        project.resolve("config_optimization.json"),
        """
        {"result": {"inputParamsUsed": {"useEventChecking": true,
          "returnFeedbackToDevice": true}}}
        """);
  }

  /** A device that stays connected to one address and listens to its commands. */
  private static final class Device implements AutoCloseable {
    private final Mqtt5BlockingClient client;
    private final AtomicInteger commands = new AtomicInteger();

    private Device(URI broker, String id) {
      client =
          MqttClient.builder()
              .useMqttVersion5()
              .identifier(id)
              .serverHost(broker.getHost())
              .serverPort(broker.getPort())
              .buildBlocking();
      client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
      client
          .toAsync()
          .subscribeWith()
          .topicFilter("dt/hall/s2/commands")
          .qos(MqttQos.AT_LEAST_ONCE)
          .callback(command -> commands.incrementAndGet())
          .send()
          .join();
    }

    int commands() {
      return commands.get();
    }

    void publish(int number) {
      client
          .publishWith()
          .topic("dt/hall/s2/telemetry")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload("{\"t\": %d}".formatted(number).getBytes(StandardCharsets.UTF_8))
          .send();
    }

    @Override
    public void close() {
      if (client.getState().isConnected()) {
        client.disconnect();
      }
    }
  }

  private URI broker(String cloud) throws IOException {
    JsonObject endpoints =
        Json.parseObject(Files.readAllBytes(twin.project().resolve(".twinloom/endpoints.json")));
    return URI.create(
        endpoints
            .object("clouds")
            .flatMap(clouds -> clouds.object(cloud))
            .flatMap(c -> c.text("mqtt"))
            .orElseThrow());
  }

  private void awaitCommands(Device device, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(device.commands()).isEqualTo(count));
  }

  /** The numbers of the measurements whose action has run. */
  private Set<Integer> noted() {
    Matcher found = NOTED.matcher(twin.run("logs", "twin", "--function", "hall-note").out());
    Set<Integer> numbers = new TreeSet<>();
    while (found.find()) {
      numbers.add(Integer.parseInt(found.group(1)));
    }
    return numbers;
  }

  private void deployMeanwhile() {
    twin.meanwhile(
        () -> assertThat(twin.run("deploy", "twin", "--yes").err()).contains("L2, phase "));
    assertThat(twin.change()).isEqualTo(JsonObject.EMPTY);
  }

  @Test
  @DisplayName("layer 2 is moved while devices send and rules fire")
  void layerTwoIsDrainedBeforeItsFunctionsGo() throws Exception {
    noteEach();
    ForegroundTwin up = ForegroundTwin.start(folder, "twin", "--no-watch");
    twin.send();
    twin.send();

    twin.move("layer_2", "aws");
    deployMeanwhile();
    assertThat(twin.functions())
        .contains("hall-processor aws", "hall-note aws")
        .doesNotContain("hall-processor azure", "hall-note azure", "hall-connector aws")
        .noneMatch(name -> name.startsWith("hall-ingestion"));

    twin.move("layer_2", "google");
    deployMeanwhile();
    assertThat(twin.functions())
        .contains("hall-connector aws", "hall-ingestion google", "hall-persister google")
        .doesNotContain("hall-persister aws");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(noted()).hasSize(twin.sent().get()));
    up.destroy();
  }

  @Test
  @DisplayName("layer 1 is moved while a device stays at the old address")
  void bothAddressesLetDevicesInAndCommandsFollowTheDevice() throws Exception {
    answerEach();
    ForegroundTwin up = ForegroundTwin.start(folder, "twin", "--no-watch");
    try (Device old = new Device(broker("aws"), "old")) {
      old.publish(1);
      awaitCommands(old, 1);
      twin.send();

      twin.move("layer_1", "google");
      twin.meanwhile(
          () -> assertThat(twin.run("deploy", "twin", "--yes").err()).contains("L1, phase "));

      old.publish(2);
      awaitCommands(old, 2);
      assertThat(twin.run("status", "twin").out())
          .contains("L1 also on aws: still lets devices in; last seen there: s2 at ");
      assertThat(twin.refused("retire", "twin", "l1").err()).contains("TL-LAYER-IN-USE", "s2");

      old.close();
      twin.run("send", "twin", "--device", "s1", "{\"t\": 1000, \"ts\": \"2026-11-28T00:00:00Z\"}");
      twin.sent().incrementAndGet();
      twin.awaitAll();

      try (Device moved = new Device(broker("google"), "moved")) {
        awaitCommands(moved, 1);
        moved.publish(3);
        awaitCommands(moved, 2);
        assertThat(old.commands()).isEqualTo(2);

        twin.meanwhile(() -> twin.run("retire", "twin", "l1"));

        assertThat(twin.functions()).contains("hall-dispatcher google");
        assertThat(twin.functions()).noneMatch(f -> f.endsWith(" aws"));
        assertThatThrownBy(
                () -> {
                  try (Device late = new Device(broker("aws"), "late")) {
                    late.publish(4);
                  }
                })
            .isInstanceOf(RuntimeException.class);
        moved.publish(5);
        awaitCommands(moved, 3);
      }
    }
    up.destroy();
    up.ended();

    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    twin.send();
    twin.awaitAll();
    again.destroy();
  }

  @Test
  @DisplayName("layer 5 is moved, and the old view ended later")
  void bothViewsReadTheStoreUntilTheOldOneIsRetired() throws Exception {
    twin.move("layer_5", "aws");
    ForegroundTwin up = ForegroundTwin.start(folder, "twin", "--no-watch");
    twin.move("layer_5", "azure");
    twin.run("deploy", "twin", "--yes");

    assertThat(connections())
        .contains("gcp_l3_to_azure_l5_hot_reader", "gcp_l3_to_aws_l5_hot_reader");
    assertThat(twin.stores("L5")).containsExactly("aws previous");
    assertThat(twin.run("status", "twin").out()).contains("L5 also on aws: still in use\n");
    twin.run("retire", "twin", "l5");
    assertThat(connections())
        .contains("gcp_l3_to_azure_l5_hot_reader")
        .doesNotContain("gcp_l3_to_aws_l5_hot_reader");
    up.destroy();
  }

  private List<String> connections() {
    return twin.run("status", "twin", "--json").objects("connections").stream()
        .flatMap(connection -> connection.text("id").stream())
        .toList();
  }
}
