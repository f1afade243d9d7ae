package io.twinloom.aws.log;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of a function as lines on standard output, which Lambda hands to CloudWatch; their
 * members are those of the local clouds' log. What was counted goes out with the line of the
 * invocation that counted it, as a line in the embedded metric format.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class StandardOutLog implements InvocationLog {

  /** The metrics' namespace. */
  public static final String NAMESPACE = "Twinloom";

  private static final String CLOUD = "aws";

  /** Of one text in a line so many characters are written. */
  private static final int MAX_TEXT = 4_000;

  /** One note has at most so many fields. */
  private static final int MAX_FIELDS = 16;

  /** One line takes at most so many metrics. */
  private static final int MAX_METRICS = 100;

  private final OutputStream out;
  private final InstantSource clock;
  private final boolean debug;
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * @param out usually standard output
   * @param debug whether debug notes, which alone may hold payloads, are written
   */
  public StandardOutLog(OutputStream out, InstantSource clock, boolean debug) {
    this.out = out;
    this.clock = clock;
    this.debug = debug;
  }

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    write(
        line(outcome.equals("ok") ? Level.INFO : Level.WARN, function)
            .put("source_cloud", cut(sourceCloud))
            .put("trace_id", cut(traceId))
            .put("device", cut(device))
            .put("outcome", outcome)
            .put("ms", millis(duration))
            .build());
    for (Map<String, Long> some = counted(); !some.isEmpty(); some = counted()) {
      write(metrics(function, some));
    }
  }

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    if (level == Level.DEBUG && !debug) {
      return;
    }
    JsonObject.Builder line =
        line(level, function).put("trace_id", cut(traceId)).put("message", cut(message));
    if (!fields.isEmpty()) {
      Map<String, JsonString> some = new LinkedHashMap<>();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        if (some.size() < MAX_FIELDS) {
          some.put(field.getKey(), new JsonString(cut(field.getValue())));
        }
      }
      line.put("fields", JsonObject.of(some));
    }
    write(line.build());
  }

  @Override
  public synchronized void count(String function, String what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** Takes what was counted and not written, as much as a line takes. */
  private synchronized Map<String, Long> counted() {
    Map<String, Long> some = new TreeMap<>();
    while (!counts.isEmpty() && some.size() < MAX_METRICS) {
      String first = counts.keySet().iterator().next();
      some.put(first, counts.remove(first));
    }
    return some;
  }

  private JsonObject metrics(String function, Map<String, Long> some) {
    List<io.twinloom.json.JsonValue> names = new ArrayList<>();
    some.keySet()
        .forEach(
            name -> names.add(JsonObject.builder().put("Name", name).put("Unit", "Count").build()));
    JsonObject directive =
        JsonObject.builder()
            .put("Namespace", NAMESPACE)
            .put("Dimensions", JsonArray.of(JsonArray.ofTexts(List.of("function"))))
            .put("Metrics", new JsonArray(names))
            .build();
    JsonObject.Builder line =
        JsonObject.builder()
            .put(
                "_aws",
                JsonObject.builder()
                    .put("Timestamp", clock.millis())
                    .put("CloudWatchMetrics", JsonArray.of(directive))
                    .build())
            .put("function", function);
    some.forEach(line::put);
    return line.build();
  }

  private JsonObject.Builder line(Level level, String function) {
    return JsonObject.builder()
        .put("time", Timestamps.of(clock.instant()))
        .put("level", level.name())
        .put("function", function)
        .put("cloud", CLOUD);
  }

  private static JsonNumber millis(Duration duration) {
    long micros = Math.max(0, duration.toNanos() / 1_000);
    String fraction = Long.toString(1_000 + micros % 1_000).substring(1);
    return new JsonNumber(micros / 1_000 + "." + fraction);
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
  }

  /** One write for a line: CloudWatch makes an event of what comes together. */
  private synchronized void write(JsonObject line) {
    byte[] json = Json.bytes(line);
    byte[] ended = java.util.Arrays.copyOf(json, json.length + 1);
    ended[json.length] = '\n';
    try {
      out.write(ended);
      out.flush();
    } catch (IOException e) {
      // Reporting must not fail a function.
      return;
    }
  }
}
