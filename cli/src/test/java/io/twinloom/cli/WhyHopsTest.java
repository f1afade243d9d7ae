package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hops that are really broken: {@code why} says so on the command line, and over REST alike. */
class WhyHopsTest {

  private static final String INGESTION = "aws_l1_to_azure_l2";
  private static final String HOT_WRITER = "azure_l2_to_gcp_l3";
  private static final String HOT_READER = "gcp_l3_to_azure_l4_hot_reader";

  @TempDir static Path folder;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ForegroundTwin twin;
  private static URI api;

  @BeforeAll
  static void start() throws Exception {
    Path project =
        HallProject.write(
            folder,
            "PRODUCTION",
            """
            [{"id": "listens", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
             {"id": "routed", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
             {"id": "stored", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
             {"id": "read", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
            """);
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google",
         "layer_4_provider": "azure", "layer_5_provider": "none"}
        """);
    twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
    api =
        URI.create(
            Json.parseObject(Files.readAllBytes(twin.endpoints())).text("api").orElseThrow());
  }

  @AfterEach
  void repair() throws Exception {
    for (String connection : new String[] {INGESTION, HOT_WRITER, HOT_READER}) {
      rest("DELETE", "chaos/" + connection, "");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(twin.destroy().exitCode()).isEqualTo(ExitCode.DONE);
    var unused = twin.ended();
  }

  @Test
  @DisplayName("there is no data: the device publishes nothing, then to a topic that there is not")
  void published() throws Exception {
    Mqtt5BlockingClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("listens")
            .serverHost("127.0.0.1")
            .serverPort(twin.mqtt().getPort())
            .buildBlocking();
    device.connect();
    try {
      device
          .subscribeWith()
          .topicFilter("dt/hall/listens/commands")
          .qos(MqttQos.AT_LEAST_ONCE)
          .send();
      failing("listens", "published", "has published nothing");

      assertThatThrownBy(
              () ->
                  device
                      .publishWith()
                      .topic("dt/hall/listens/telemetri")
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload("{\"t\": 1}".getBytes(StandardCharsets.UTF_8))
                      .send())
          .isInstanceOf(RuntimeException.class);
      failing("listens", "published", "dt/hall/listens/telemetri");
    } finally {
      device.disconnect();
    }
  }

  @Test
  @DisplayName("there is no data: layer 2 refuses what layer 1 sends")
  void routed() throws Exception {
    assertThat(rest("PUT", "chaos/" + INGESTION, "{\"wrongToken\": true}").statusCode())
        .isEqualTo(200);
    send("routed");
    failing("routed", "routed", "403");
  }

  @Test
  @DisplayName("there is no data: the hot store's cloud refuses what layer 2 sends")
  void stored() throws Exception {
    assertThat(rest("PUT", "chaos/" + HOT_WRITER, "{\"wrongToken\": true}").statusCode())
        .isEqualTo(200);
    send("stored");
    failing("stored", "stored", "403");
  }

  @Test
  @DisplayName("there is no data: the reader's cloud does not answer")
  void reader() throws Exception {
    assertThat(twin.run("send", "twin", "--device", "read", "--wait", "{\"t\": 1}").exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(rest("PUT", "chaos/" + HOT_READER, "{\"cut\": true}").statusCode()).isEqualTo(200);
    failing("read", "reader", "hall-hot-reader");
  }

  private static void send(String device) {
    assertThat(twin.run("send", "twin", "--device", device, "{\"t\": 1}").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  /** Both say that this step fails, which may take a moment. */
  private static void failing(String device, String step, String evidence) throws Exception {
    Predicate<JsonObject> found =
        why ->
            why.text("failing").equals(Optional.of(step)) && evidence(why, step).contains(evidence);
    await().until(() -> twin.run("why", "twin", "--device", device, "--json").json(), found);
    CliRun shown = twin.run("why", "twin", "--device", device);
    assertThat(shown.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(shown.out()).contains(" FAIL " + step, "Fix:");
    HttpResponse<String> answer = rest("GET", "devices/" + device + "/why", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(found.test(json(answer.body()))).as(answer.body()).isTrue();
  }

  private static String evidence(JsonObject why, String step) {
    return why.array("steps").orElse(JsonArray.EMPTY).values().stream()
        .map(JsonObject.class::cast)
        .filter(s -> s.text("step").equals(Optional.of(step)))
        .map(s -> s.text("evidence").orElse(""))
        .findFirst()
        .orElse("");
  }

  private static HttpResponse<String> rest(String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(api.resolve("/projects/hall/" + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
