package io.twinloom.server.live;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.trace.TraceId;
import io.twinloom.server.live.TraceSpans.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spans as OTLP has them in JSON: ids in hexadecimal, times in nanoseconds as texts.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON</a>
 */
final class OtlpJson {

  /** Of {@code SpanKind}: within a cloud, and where it answers another one. */
  private static final int INTERNAL = 1;

  private static final int SERVER = 2;

  /** Of {@code StatusCode}. */
  private static final int OK = 1;

  private static final int ERROR = 2;

  /**
   * Spans of one trace.
   *
   * @param trace all that is known of it
   * @param spans those of it that are wanted
   */
  record Part(TraceSpans trace, List<Span> spans) {
    Part {
      spans = List.copyOf(spans);
    }
  }

  private OtlpJson() {}

  /** The spans of a twin, one resource for each cloud. */
  static JsonObject of(String twin, List<Part> parts) {
    Map<String, List<JsonValue>> byCloud = new LinkedHashMap<>();
    for (Part part : parts) {
      for (Span span : part.spans()) {
        byCloud.computeIfAbsent(span.cloud(), c -> new ArrayList<>()).add(span(part.trace(), span));
      }
    }
    List<JsonValue> resources = new ArrayList<>();
    byCloud.forEach((cloud, spans) -> resources.add(resource(twin, cloud, spans)));
    return JsonObject.builder().put("resourceSpans", new JsonArray(resources)).build();
  }

  private static JsonObject resource(String twin, String cloud, List<JsonValue> spans) {
    JsonObject scope = JsonObject.builder().put("name", "twinloom").build();
    return JsonObject.builder()
        .put("resource", attributes(Map.of("service.name", twin, "cloud.provider", cloud)))
        .put(
            "scopeSpans",
            JsonArray.of(
                JsonObject.builder()
                    .put("scope", scope)
                    .put("spans", new JsonArray(spans))
                    .build()))
        .build();
  }

  private static JsonObject span(TraceSpans trace, Span span) {
    JsonObject.Builder json =
        JsonObject.builder().put("traceId", TraceId.w3c(trace.id())).put("spanId", span.id());
    trace.parentOf(span).ifPresent(p -> json.put("parentSpanId", p.id()));
    json.put("name", span.function())
        .put("kind", span.from().isPresent() ? SERVER : INTERNAL)
        .put("startTimeUnixNano", nanos(span.start()))
        .put("endTimeUnixNano", nanos(span.end()));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("faas.name", span.function());
    values.put("twinloom.outcome", span.outcome());
    trace.connection(span).ifPresent(id -> values.put("twinloom.connection", id));
    trace.device().ifPresent(id -> values.put("twinloom.device", id));
    attributes(values).members().forEach(json::put);
    return json.put("status", JsonObject.builder().put("code", span.isOk() ? OK : ERROR).build())
        .build();
  }

  private static String nanos(Instant time) {
    return time.getEpochSecond() + String.format(Locale.ROOT, "%09d", time.getNano());
  }

  private static JsonObject attributes(Map<String, String> values) {
    List<JsonValue> all = new ArrayList<>();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                all.add(
                    JsonObject.builder()
                        .put("key", e.getKey())
                        .put("value", JsonObject.builder().put("stringValue", e.getValue()).build())
                        .build()));
    return JsonObject.builder().put("attributes", new JsonArray(all)).build();
  }
}
