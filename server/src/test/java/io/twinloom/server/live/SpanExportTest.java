package io.twinloom.server.live;

import static io.twinloom.server.live.GreenhouseTwin.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.trace.TraceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as other systems see them: spans that are sent, and requests that say their trace. */
class SpanExportTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "somebody has the spans sent to a collector of OpenTelemetry, which is slow to start")
  void theSpansOfATraceAreSentOnceWithTheirParents() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver(2);
        GreenhouseTwin twin =
            GreenhouseTwin.start(
                folder,
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    receiver.endpoint() + "/",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "x-api-key=a%20b"))) {
      twin.send("climate", "temperature", 21);
      twin.awaitLedger("stored", 1);
      await().until(() -> receiver.spans.stream().anyMatch(s -> named(s, "hot-writer")));

      JsonObject dispatcher =
          receiver.spans.stream().filter(s -> named(s, "dispatcher")).findFirst().orElseThrow();
      String trace = dispatcher.text("traceId").orElseThrow();
      List<JsonObject> spans =
          receiver.spans.stream()
              .filter(s -> s.text("traceId").equals(Optional.of(trace)))
              .toList();
      Set<String> ids = new HashSet<>();
      spans.forEach(s -> assertThat(ids.add(s.text("spanId").orElseThrow())).isTrue());
      assertThat(spans)
          .filteredOn(s -> s.text("parentSpanId").isEmpty())
          .containsExactly(dispatcher);
      assertThat(spans)
          .filteredOn(s -> s.text("parentSpanId").isPresent())
          .allMatch(s -> ids.contains(s.text("parentSpanId").orElseThrow()));
      assertThat(String.join("", receiver.services)).contains("glass", "aws", "azure", "google");
      assertThat(receiver.keys).containsOnly("a b");
      assertThat(receiver.faults).isEmpty();
      assertThat(items(twin.get("/traces/" + trace), "spans")).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @Test
  @DisplayName("another system calls a function and says its own trace in traceparent")
  void aTraceGoesOnOverARequestThatNamesIt() throws Exception {
    try (GreenhouseTwin twin = GreenhouseTwin.start(folder)) {
      String trace = "0af7651916cd43dd8448eb211c80319c";
      JsonObject ingestion = connection("aws_l1_to_azure_l2");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(ingestion.text("url").orElseThrow()))
                      .header("X-Inter-Cloud-Token", ingestion.text("token").orElseThrow())
                      .header("Content-Type", "application/json")
                      .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"payload\": {\"device_id\": \"tank\", \"level\": 1,"
                                  + " \"timestamp\": \"2026-01-01T00:00:00Z\"}}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

      await()
          .until(
              () ->
                  twin.ask("GET", "/traces/" + trace, "").statusCode() == 200
                      && items(twin.get("/traces/" + trace), "spans").stream()
                          .anyMatch(s -> s.text("function").orElse("").endsWith("hot-writer")));
      assertThat(twin.get("/traces/" + trace).text("id")).contains(TraceId.ofW3c(trace));
    }
  }

  private JsonObject connection(String id) throws Exception {
    return Json.parseObject(Files.readAllBytes(folder.resolve("data/config_inter_cloud.json")))
        .object("connections")
        .flatMap(c -> c.object(id))
        .orElseThrow();
  }

  private static boolean named(JsonObject span, String function) {
    return span.text("name").equals(Optional.of("glass-" + function));
  }
}
