package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table under load, which answers nothing of what it is asked for at once. */
class ThrottledSeenDevicesTest {

  private static final String TABLE = "state";

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonObject asked = Json.parseObject(exchange.getRequestBody().readAllBytes());
    boolean batch = exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("BatchGetItem");
    JsonObject answer =
        batch
            ? JsonObject.builder()
                .put("Responses", JsonObject.builder().put(TABLE, JsonArray.EMPTY).build())
                .put("UnprocessedKeys", asked.object("RequestItems").orElseThrow())
                .build()
            : item(asked.object("Key").orElseThrow());
    byte[] bytes = Json.bytes(answer);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Of each device but {@code never}. */
  private static JsonObject item(JsonObject key) {
    if (Json.text(key).contains("never")) {
      return JsonObject.EMPTY;
    }
    JsonObject time = JsonObject.builder().put("N", "5000").build();
    return JsonObject.builder().put("Item", key.toBuilder().put("time_ms", time).build()).build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsLeftOutUnderLoadIsAskedForAlone() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    DynamoSeenDevices seen =
        new DynamoSeenDevices(
            new StateTable(ProductClients.of(Map.of("DYNAMODB", uri)).dynamoDb(), TABLE));

    assertThat(seen.lastSeen(List.of("a", "never", "b")))
        .isEqualTo(Map.of("a", Instant.ofEpochSecond(5), "b", Instant.ofEpochSecond(5)));
  }
}
