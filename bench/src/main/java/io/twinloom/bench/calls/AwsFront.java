package io.twinloom.bench.calls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for SQS, DynamoDB and Lambda, takes everything, and counts. */
final class AwsFront implements AutoCloseable {
  private final Map<String, Queue<String>> queues = new HashMap<>();
  final AtomicInteger sends = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger userCalls = new AtomicInteger();

  /** Messages that are sent again, since something failed. */
  final AtomicInteger delayed = new AtomicInteger();

  private final HttpServer server;

  AwsFront() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The messages in a function's queue. */
  synchronized Queue<String> queue(String function) {
    return queues.computeIfAbsent(function, name -> new ConcurrentLinkedQueue<>());
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonObject request = Json.parseObject(exchange.getRequestBody().readAllBytes());
    byte[] answer = answer(exchange.getRequestURI().getPath(), request);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private byte[] answer(String path, JsonObject request) {
    if (path.contains("/invocations")) {
      userCalls.incrementAndGet();
      return Json.bytes(returned(request));
    }
    if (request.has("TableName")) {
      writes.incrementAndGet();
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    sends.incrementAndGet();
    String url = request.text("QueueUrl").orElseThrow();
    Queue<String> queue = queue(url.substring(url.lastIndexOf('/') + 1));
    for (JsonValue entry : request.array("Entries").orElse(JsonArray.EMPTY).values()) {
      JsonObject message = (JsonObject) entry;
      if (message.get("DelaySeconds") instanceof JsonNumber delay
          && delay.asDecimal().signum() > 0) {
        delayed.incrementAndGet();
      } else {
        queue.add(message.text("MessageBody").orElseThrow());
      }
    }
    return "{\"Successful\":[],\"Failed\":[]}".getBytes(StandardCharsets.UTF_8);
  }

  /** User code that returns what it is given. */
  private static JsonObject returned(JsonObject request) {
    if (!request.has("twinloom_batch")) {
      return request;
    }
    List<JsonValue> results =
        request.array("events").orElse(JsonArray.EMPTY).values().stream()
            .<JsonValue>map(event -> JsonObject.builder().put("result", event).build())
            .toList();
    return JsonObject.builder()
        .put("twinloom_batch", 1)
        .put("results", new JsonArray(results))
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
