package io.twinloom.server.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for a receiver of OTLP over HTTP: takes {@code POST /v1/traces} in JSON alone, and refuses
 * what the protocol does not have.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-request">OTLP/HTTP</a>
 */
final class OtlpReceiver implements AutoCloseable {

  private static final Set<String> OF_SPAN =
      Set.of(
          "traceId",
          "spanId",
          "parentSpanId",
          "name",
          "kind",
          "startTimeUnixNano",
          "endTimeUnixNano",
          "attributes",
          "status");

  final List<JsonObject> spans = new CopyOnWriteArrayList<>();
  final List<String> services = new CopyOnWriteArrayList<>();
  final List<String> keys = new CopyOnWriteArrayList<>();
  final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals;
  private final HttpServer server;

  /**
   * @param refusals so many requests are answered with 503, before any is taken
   */
  OtlpReceiver(int refusals) throws IOException {
    this.refusals = new AtomicInteger(refusals);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readAllBytes();
    int status = refusals.getAndDecrement() > 0 ? 503 : taken(request, body);
    byte[] answer = "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    request.getResponseHeaders().set("Content-Type", "application/json");
    request.sendResponseHeaders(status, answer.length);
    request.getResponseBody().write(answer);
    request.close();
  }

  private int taken(HttpExchange request, byte[] body) {
    if (!request.getRequestMethod().equals("POST")
        || !request.getRequestURI().getPath().equals("/v1/traces")
        || !"application/json".equals(request.getRequestHeaders().getFirst("Content-Type"))) {
      faults.add(request.getRequestMethod() + " " + request.getRequestURI());
      return 400;
    }
    keys.add(String.valueOf(request.getRequestHeaders().getFirst("x-api-key")));
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject resource : objects(Json.parseObject(body), "resourceSpans")) {
      services.add(Json.text(resource.object("resource").orElseThrow()));
      for (JsonObject scope : objects(resource, "scopeSpans")) {
        all.addAll(objects(scope, "spans"));
      }
    }
    all.stream().filter(s -> !isSpan(s)).forEach(s -> faults.add(Json.text(s)));
    spans.addAll(all);
    return faults.isEmpty() ? 200 : 400;
  }

  private static boolean isSpan(JsonObject span) {
    return OF_SPAN.containsAll(span.members().keySet())
        && matches(span.get("traceId"), "[0-9a-f]{32}")
        && matches(span.get("spanId"), "[0-9a-f]{16}")
        && (!span.has("parentSpanId") || matches(span.get("parentSpanId"), "[0-9a-f]{16}"))
        && matches(span.get("startTimeUnixNano"), "\\d{19}")
        && matches(span.get("endTimeUnixNano"), "\\d{19}");
  }

  private static boolean matches(JsonValue value, String form) {
    return value instanceof JsonString text && text.value().matches(form);
  }

  private static List<JsonObject> objects(JsonObject of, String name) {
    return of.array(name).orElse(JsonArray.EMPTY).values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
