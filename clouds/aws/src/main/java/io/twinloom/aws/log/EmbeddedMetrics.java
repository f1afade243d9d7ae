package io.twinloom.aws.log;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.serverless.log.JsonLineLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts in the embedded metric format, of which CloudWatch makes metrics.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class EmbeddedMetrics implements JsonLineLog.Metrics {

  /** The metrics' namespace. */
  public static final String NAMESPACE = "Twinloom";

  /** What distinguishes the metrics: the function's name in the topology. */
  public static final String DIMENSION = "function";

  private static final int MAX_METRICS = 100;

  @Override
  public int most() {
    return MAX_METRICS;
  }

  @Override
  public JsonObject line(String function, Map<String, Long> counts, Instant now) {
    List<JsonValue> names = new ArrayList<>();
    for (String name : counts.keySet()) {
      names.add(JsonObject.builder().put("Name", name).put("Unit", "Count").build());
    }
    JsonObject directive =
        JsonObject.builder()
            .put("Namespace", NAMESPACE)
            .put("Dimensions", JsonArray.of(JsonArray.ofTexts(List.of(DIMENSION))))
            .put("Metrics", new JsonArray(names))
            .build();
    JsonObject.Builder line =
        JsonObject.builder()
            .put(
                "_aws",
                JsonObject.builder()
                    .put("Timestamp", now.toEpochMilli())
                    .put("CloudWatchMetrics", JsonArray.of(directive))
                    .build())
            .put(DIMENSION, function);
    counts.forEach(line::put);
    return line.build();
  }
}
