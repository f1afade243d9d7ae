package io.twinloom.aws;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.cloud.AmazonTrace;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to a function's URL, as Lambda hands them over (payload 2.0): headers and query
 * parameters that came several times are one, joined by commas; the query is decoded.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">Function
 *     URL request and response payloads</a>
 */
final class FunctionUrl {

  /** A text is escaped in the answer's JSON: what is larger than this goes in base64. */
  private static final int MAX_TEXT = 1024 * 1024;

  private FunctionUrl() {}

  /** Whether an event is such a request. */
  static boolean isRequest(JsonObject event) {
    return event.text("version").filter("2.0"::equals).isPresent() && http(event).isPresent();
  }

  private static Optional<JsonObject> http(JsonObject event) {
    return event
        .object("requestContext")
        .flatMap(context -> context.object("http"))
        .filter(http -> http.text("method").isPresent());
  }

  /** Has a receiver answer the request. */
  static byte[] answer(JsonObject event, HostedFunction receiver) {
    HttpHead head =
        new HttpHead(
            http(event).flatMap(http -> http.text("method")).orElse(""),
            traced(texts(event, "headers", true)),
            texts(event, "queryStringParameters", false),
            event.text("rawQueryString").orElse(""));
    if (hasParameterTwice(event.text("rawQueryString").orElse(""))) {
      HttpAnswer twice = HttpAnswer.error(400, "A parameter of the query stands twice.");
      return Json.bytes(toJson(receiver.refuse(head).orElse(twice)));
    }
    String body = event.text("body").orElse("");
    HttpAnswer answer =
        event.get("isBase64Encoded") == JsonBoolean.TRUE
            ? receiver.receiveBase64(head, body)
            : receiver.receive(head, body.getBytes(StandardCharsets.UTF_8));
    return Json.bytes(toJson(answer));
  }

  /** Lambda's front gives each request a trace, which holds where its sender says of none. */
  private static Map<String, String> traced(Map<String, String> headers) {
    Optional<String> trace =
        Optional.ofNullable(headers.get(AmazonTrace.HEADER.toLowerCase(Locale.ROOT)))
            .flatMap(AmazonTrace::traceId);
    trace
        .flatMap(
            id -> TraceParent.of(id, TraceParent.spanId(id, KnownClouds.AWS.id(), "url", 1), false))
        .ifPresent(parent -> headers.putIfAbsent(TraceParent.HEADER, parent));
    return headers;
  }

  /** The front joins the values of such a parameter by a comma. */
  private static boolean hasParameterTwice(String query) {
    Set<String> names = new HashSet<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!names.add(equals < 0 ? pair : pair.substring(0, equals))) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> texts(JsonObject event, String name, boolean lowerCase) {
    Map<String, String> texts = new HashMap<>();
    event
        .object(name)
        .ifPresent(
            object ->
                object
                    .members()
                    .forEach(
                        (key, value) -> {
                          if (value instanceof JsonString text) {
                            texts.put(lowerCase ? key.toLowerCase(Locale.ROOT) : key, text.value());
                          }
                        }));
    return texts;
  }

  private static JsonObject toJson(HttpAnswer answer) {
    boolean large = answer.body().length > MAX_TEXT;
    JsonObject.Builder headers = JsonObject.builder().put("Content-Type", "application/json");
    answer
        .retryAfter()
        .ifPresent(wait -> headers.put("Retry-After", Long.toString(wait.toSeconds())));
    return JsonObject.builder()
        .put("statusCode", answer.status())
        .put("headers", headers.build())
        .put(
            "body",
            large
                ? Base64.getEncoder().encodeToString(answer.body())
                : new String(answer.body(), StandardCharsets.UTF_8))
        .put("isBase64Encoded", large)
        .build();
  }
}
