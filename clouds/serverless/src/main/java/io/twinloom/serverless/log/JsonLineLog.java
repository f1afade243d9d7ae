package io.twinloom.serverless.log;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of a function as lines on standard output, which its cloud collects; their members are
 * those of the local clouds' log. What was counted goes out with the line of the invocation that
 * counted it, in the form that the cloud makes metrics of.
 */
public final class JsonLineLog implements InvocationLog {

  /** The form of a line that a cloud makes metrics of. */
  public interface Metrics {

    /** How many counts a line takes at most. */
    int most();

    /**
     * A line with these counts and values.
     *
     * @param function the function's name
     * @param counts by name, not empty
     */
    JsonObject line(String function, Map<String, Long> counts, Instant now);
  }

  /** Of one text in a line so many characters are written. */
  private static final int MAX_TEXT = 4_000;

  /** One note has at most so many fields. */
  private static final int MAX_FIELDS = 16;

  private final String cloud;
  private final OutputStream out;
  private final InstantSource clock;
  private final Metrics metrics;
  private final boolean debug;
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * @param cloud the cloud's id
   * @param out usually standard output
   * @param debug whether debug notes, which alone may hold payloads, are written
   */
  public JsonLineLog(
      String cloud, OutputStream out, InstantSource clock, Metrics metrics, boolean debug) {
    this.cloud = cloud;
    this.out = out;
    this.clock = clock;
    this.metrics = metrics;
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
    writeCounts(function);
  }

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {
    write(
        line(endings.ok() == endings.events() ? Level.INFO : Level.WARN, function)
            .put("trace_id", cut(traceId))
            .put("events", endings.events())
            .put("ok", endings.ok())
            .put("failed", endings.failed())
            .put("put_off", endings.putOff())
            .put("dead", endings.dead())
            .put("ms", millis(duration))
            .build());
    writeCounts(function);
  }

  private void writeCounts(String function) {
    for (Map<String, Long> some = counted(); !some.isEmpty(); some = counted()) {
      write(metrics.line(function, some, clock.instant()));
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

  @Override
  public synchronized void measure(String function, String what, long value) {
    counts.put(what, value);
  }

  /** Takes what was counted and not written, as much as a line takes. */
  private synchronized Map<String, Long> counted() {
    Map<String, Long> some = new TreeMap<>();
    while (!counts.isEmpty() && some.size() < metrics.most()) {
      String first = counts.keySet().iterator().next();
      some.put(first, counts.remove(first));
    }
    return some;
  }

  private JsonObject.Builder line(Level level, String function) {
    return JsonObject.builder()
        .put("time", Timestamps.of(clock.instant()))
        .put("level", level.name())
        .put("function", function)
        .put("cloud", cloud);
  }

  private static JsonNumber millis(Duration duration) {
    long micros = Math.max(0, duration.toNanos() / 1_000);
    String fraction = Long.toString(1_000 + micros % 1_000).substring(1);
    return new JsonNumber(micros / 1_000 + "." + fraction);
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
  }

  /** One write for a line: a cloud makes an event of what comes together. */
  private synchronized void write(JsonObject line) {
    byte[] json = Json.bytes(line);
    byte[] ended = Arrays.copyOf(json, json.length + 1);
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
