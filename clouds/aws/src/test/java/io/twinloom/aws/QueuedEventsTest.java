package io.twinloom.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Lambda hands a function out of its queue, with a stand-in that takes what is sent. */
class QueuedEventsTest {

  private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private volatile boolean refuses;
  private HttpServer sqs;

  @BeforeEach
  void start() throws IOException {
    sqs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sqs.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    sqs.createContext(
        "/",
        exchange -> {
          JsonObject request = Json.parseObject(exchange.getRequestBody().readAllBytes());
          requests.add(request);
          byte[] answer =
              ("{\"Successful\":[],\"Failed\":"
                      + (refuses
                          ? "[{\"Id\":\"0\",\"SenderFault\":false,\"Code\":\"InternalError\"}]"
                          : "[]")
                      + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    sqs.start();
  }

  @AfterEach
  void stop() {
    sqs.stop(0);
  }

  @Test
  void whatDevicesSentTogetherGoesOnInOneMessage() {
    JsonObject answer = handled(dispatcher(), messages(10));
    assertThat(answer.array("batchItemFailures").orElseThrow().values()).isEmpty();
    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().text("QueueUrl").orElseThrow()).endsWith("/plant-processor");
    List<JsonObject> entries = entries(requests.getFirst());
    assertThat(entries).hasSize(1);
    JsonObject body = json(entries.getFirst().text("MessageBody").orElseThrow());
    assertThat(body.array("events").orElseThrow().values()).hasSize(10);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"ok\":10");
  }

  @Test
  @DisplayName("a device sends a thousand measurements in one message")
  void aListGoesOnInMessagesThatTheNextQueueTakes() {
    String list =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{\"ts\": " + (i + 1) + ", \"temperature\": " + i + ".5}")
            .collect(Collectors.joining(",", "[", "]"));
    JsonObject answer = handled(dispatcher(), List.of(messageOf(0, list)));
    assertThat(answer.array("batchItemFailures").orElseThrow().values()).isEmpty();
    List<String> bodies = sentTo("plant-processor");
    assertThat(bodies)
        .hasSize(10)
        .allSatisfy(body -> assertThat(events(body)).hasSize(100))
        .allSatisfy(
            body ->
                assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024));
    assertThat(requests).as("ten messages are one request").hasSize(1);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"ok\":1000");
  }

  @Test
  @DisplayName("a device's message of 128 KiB is a list, and so are ten that come together")
  void largestListsAreDividedByTheirBytes() {
    String element = "{\"temperature\": 1.5, \"note\": \"" + "n".repeat(1_000) + "\"}";
    int most = 128 * 1024 / (element.length() + 1);
    String list = "[" + String.join(",", Collections.nCopies(most, element)) + "]";
    List<String> messages =
        IntStream.range(0, 10).mapToObj(number -> messageOf(number, list)).toList();
    assertThat(messages).allSatisfy(message -> assertThat(message.length()).isLessThan(256 * 1024));
    handled(dispatcher(), messages);
    List<String> bodies = sentTo("plant-processor");
    assertThat(bodies.stream().mapToInt(body -> events(body).size()).sum()).isEqualTo(10 * most);
    assertThat(bodies)
        .allSatisfy(
            body ->
                assertThat(body.getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(256 * 1024 + 100));
    assertThat(requests)
        .allSatisfy(
            request ->
                assertThat(
                        entries(request).stream()
                            .mapToInt(
                                e ->
                                    e.text("MessageBody")
                                        .orElseThrow()
                                        .getBytes(StandardCharsets.UTF_8)
                                        .length)
                            .sum())
                    .isLessThanOrEqualTo(1024 * 1024));
  }

  @Test
  void whatTheNextQueueDoesNotTakeIsPutOffOrStays() {
    refuses = true;
    JsonObject answer = handled(dispatcher(), messages(2));
    // Neither the next queue nor its own takes it: Lambda hands it out again.
    assertThat(answer.array("batchItemFailures").orElseThrow().values()).hasSize(2);
    assertThat(requests).hasSize(2);
    assertThat(requests.getLast().text("QueueUrl").orElseThrow()).endsWith("/plant-dispatcher");
    assertThat(entries(requests.getLast()).getFirst().get("DelaySeconds")).isNotNull();
  }

  @Test
  void eventsInLambdasOwnQueueAreStillTaken() {
    dispatcher().answer(message(1).getBytes(StandardCharsets.UTF_8), Instant.MAX);
    assertThat(requests).hasSize(1);
  }

  private FunctionHandler dispatcher() {
    String uri = "http://127.0.0.1:" + sqs.getAddress().getPort();
    Map<String, String> variables = TestSettings.of(FunctionKind.DISPATCHER);
    variables.put("AWS_ENDPOINT_URL_SQS", uri);
    variables.put("AWS_ACCESS_KEY_ID", "key");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("SQS_QUEUES_URL", uri + "/123456789012/");
    variables.put("SQS_QUEUED_FUNCTIONS", "plant-dispatcher,plant-processor");
    return new FunctionHandler(variables, log);
  }

  private static JsonObject handled(FunctionHandler handler, List<String> bodies) {
    List<JsonValue> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(
          JsonObject.builder()
              .put("messageId", "m" + records.size())
              .put("receiptHandle", "r" + records.size())
              .put("body", body)
              .put("attributes", json("{\"ApproximateReceiveCount\":\"1\"}"))
              .put("eventSource", "aws:sqs")
              .build());
    }
    byte[] event = Json.bytes(JsonObject.builder().put("Records", new JsonArray(records)).build());
    return Json.parseObject(handler.answer(event, Instant.now().plus(Duration.ofSeconds(30))));
  }

  private static List<String> messages(int count) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(message(i));
    }
    return messages;
  }

  private List<String> sentTo(String function) {
    return requests.stream()
        .filter(request -> request.text("QueueUrl").orElseThrow().endsWith("/" + function))
        .flatMap(request -> entries(request).stream())
        .map(entry -> entry.text("MessageBody").orElseThrow())
        .toList();
  }

  private static List<JsonValue> events(String body) {
    return json(body).array("events").orElseThrow().values();
  }

  private static String message(int number) {
    return messageOf(number, "{\"temperature\": " + number + ".5}");
  }

  private static String messageOf(int number, String content) {
    String payload = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return """
    {"channel_device": "press-1", "client_id": "press-1", "accepted_ms": 1772366400000,
     "message_id": "id-%d", "payload_base64": "%s"}
    """
        .formatted(number, payload);
  }

  private static List<JsonObject> entries(JsonObject request) {
    return request.array("Entries").orElseThrow().values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
