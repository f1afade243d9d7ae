package io.twinloom.aws.deploy;

import io.twinloom.aws.log.EmbeddedMetrics;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.DeployedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Queries of single metrics, as Grafana's own data source of CloudWatch takes them. Each names its
 * metric by all of its dimensions, so that no other twin's is shown and nothing has to be listed.
 */
final class CloudWatchQueries {

  /** S3 counts once a day. */
  private static final String DAY = "86400";

  /** As long as the range and the panel's width ask for. */
  private static final String BY_RANGE = "";

  private static final int LETTERS = 26;

  private final JsonObject source;
  private final Function<DeployedFunction, String> names;

  /**
   * @param source how a panel names the data source
   * @param names what a function is called on AWS
   */
  CloudWatchQueries(JsonObject source, Function<DeployedFunction, String> names) {
    this.source = source;
    this.names = names;
  }

  private record Metric(String namespace, String name, String statistic, String period) {}

  /** A metric of Lambda, a curve for each function. */
  List<JsonObject> functions(String metric, String statistic, List<DeployedFunction> functions) {
    return each(functions, new Metric("AWS/Lambda", metric, statistic, BY_RANGE), "FunctionName");
  }

  /** A metric of SQS, a curve for each queue. */
  List<JsonObject> queues(String metric, List<DeployedFunction> functions) {
    return each(functions, new Metric("AWS/SQS", metric, "Maximum", BY_RANGE), "QueueName");
  }

  private List<JsonObject> each(List<DeployedFunction> functions, Metric metric, String dimension) {
    return functions.stream().map(f -> query(metric, f.name(), dimension, names.apply(f))).toList();
  }

  /** What a function itself counts or measures. */
  JsonObject counted(String what, String statistic, DeployedFunction function, String label) {
    return query(
        new Metric(EmbeddedMetrics.NAMESPACE, what, statistic, BY_RANGE),
        label,
        EmbeddedMetrics.DIMENSION,
        function.name());
  }

  /** How much was written to a table and read from it. */
  List<JsonObject> table(String table) {
    return List.of(
        query(
            new Metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "Sum", BY_RANGE),
            "written",
            "TableName",
            table),
        query(
            new Metric("AWS/DynamoDB", "ConsumedReadCapacityUnits", "Sum", BY_RANGE),
            "read",
            "TableName",
            table));
  }

  /**
   * How much is in a bucket.
   *
   * @param storage the class that is counted
   */
  JsonObject bucket(String metric, String bucket, String storage) {
    return query(
        new Metric("AWS/S3", metric, "Average", DAY),
        bucket,
        "BucketName",
        bucket,
        "StorageType",
        storage);
  }

  /** How often something was published to a topic. */
  JsonObject topic(String topic) {
    return query(
        new Metric("AWS/SNS", "NumberOfMessagesPublished", "Sum", BY_RANGE),
        topic,
        "TopicName",
        topic);
  }

  private JsonObject query(Metric metric, String label, String... dimensions) {
    JsonObject.Builder by = JsonObject.builder();
    for (int i = 0; i < dimensions.length; i += 2) {
      by.put(dimensions[i], dimensions[i + 1]);
    }
    return query(metric.namespace(), label)
        .put("metricEditorMode", 0)
        .put("metricName", metric.name())
        .put("statistic", metric.statistic())
        .put("period", metric.period())
        .put("dimensions", by.build())
        .put("expression", "")
        .build();
  }

  private JsonObject.Builder query(String namespace, String label) {
    return JsonObject.builder()
        .put("datasource", source)
        .put("queryMode", "Metrics")
        .put("metricQueryType", 0)
        .put("region", "default")
        .put("namespace", namespace)
        .put("matchExact", true)
        .put("label", label)
        .put("id", "")
        .put("hide", false);
  }

  /** The queries of a panel, each with letters of its own. */
  static List<JsonObject> panel(List<JsonObject> queries) {
    return IntStream.range(0, queries.size())
        .mapToObj(i -> queries.get(i).toBuilder().put("refId", letters(i)).build())
        .toList();
  }

  /** The queries of a panel that shows their sum alone. */
  List<JsonObject> sum(List<JsonObject> queries, String label) {
    List<JsonObject> all = new ArrayList<>();
    List<JsonValue> ids = new ArrayList<>();
    StringBuilder expression = new StringBuilder();
    for (JsonObject query : queries) {
      String id = "q" + all.size();
      expression.append(expression.isEmpty() ? "" : ",").append(id);
      all.add(query.toBuilder().put("id", id).put("hide", true).build());
    }
    all.add(
        query("", label)
            .put("id", "sum")
            .put("metricEditorMode", 1)
            .put("metricName", "")
            .put("statistic", "Sum")
            .put("period", "")
            .put("dimensions", JsonObject.EMPTY)
            .put("expression", "SUM([" + expression + "])")
            .build());
    return panel(all);
  }

  /** A, B, … Z, AA, AB, … */
  private static String letters(int number) {
    String last = String.valueOf((char) ('A' + number % LETTERS));
    return number < LETTERS ? last : letters(number / LETTERS - 1) + last;
  }
}
