package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.grafana.Dashboard;
import io.twinloom.deployer.grafana.DataSource;
import io.twinloom.deployer.grafana.Panel;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.topology.DeployedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What CloudWatch knows of a twin, as dashboards: the same three that Twinloom's own API feeds
 * elsewhere. They show what is on AWS, by the names of what was made there.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Metrics
 *     of Lambda</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">Metrics
 *     of SQS</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html">Metrics
 *     of S3</a>
 */
final class CloudWatchDashboards {

  static final String UID = "twinloom-cloudwatch";

  /** Built into Grafana. */
  private static final String TYPE = "cloudwatch";

  private static final int MOST_RULES = 20;

  private static final String VARIABLE = "metrics";

  private static final Set<FunctionKind> MOVERS =
      Set.of(FunctionKind.HOT_TO_COLD_MOVER, FunctionKind.COLD_TO_ARCHIVE_MOVER);

  /** The colder tiers' buckets by purpose, with the word of S3's metrics for their class. */
  private static final SortedMap<String, String> TIERS =
      new TreeMap<>(Map.of("cold", "StandardIAStorage", "archive", "DeepArchiveStorage"));

  private record Shown(
      String name, String statistic, String title, String description, String unit) {}

  private static final List<Shown> LAMBDA =
      List.of(
          new Shown("Invocations", "Sum", "Runs", "Runs of each function.", "short"),
          new Shown("Errors", "Sum", "Failed runs", "Runs that did not end.", "short"),
          new Shown("Duration", "p95", "Duration, 95 %", "95 % of runs stay below.", "ms"),
          new Shown("Throttles", "Sum", "Throttled", "Runs that Lambda did not begin.", "short"));

  private final String twin;
  private final Project project;
  private final MadeThings made;
  private final CloudWatchQueries queries;

  CloudWatchDashboards(Deployment deployment) {
    this.project = deployment.project().project();
    this.twin = project.config().name();
    this.made = new MadeThings(deployment.project().topology(), deployment.outputs());
    this.queries = new CloudWatchQueries(Dashboard.chosen(VARIABLE, TYPE), made::id);
  }

  /**
   * The metrics of the account.
   *
   * @param authentication how Grafana gets credentials, by its own word
   */
  static DataSource source(String authentication, String region) {
    return new DataSource(
        UID,
        "Twinloom CloudWatch",
        TYPE,
        Optional.empty(),
        JsonObject.builder().put("authType", authentication).put("defaultRegion", region).build(),
        Map.of());
  }

  /** Overview, tiers and operations. */
  List<JsonObject> all() {
    return Stream.of(overview(), tiers(), operations()).map(Dashboard::json).toList();
  }

  private Dashboard dashboard(String name) {
    // Metrics are kept by the minute, and each query of one is paid for.
    return new Dashboard(twin, name, name).source(VARIABLE, TYPE, UID).refreshed("1m");
  }

  private Dashboard overview() {
    Dashboard dashboard = dashboard("overview");
    List<DeployedFunction> functions = made.functions();
    MadeThings.of(functions, FunctionKind.DISPATCHER)
        .ifPresent(
            dispatcher ->
                total(
                    dashboard,
                    "Runs of the dispatcher",
                    "Each took one or more messages of devices, in the range of time.",
                    queries.functions("Invocations", "Sum", List.of(dispatcher))));
    total(
        dashboard,
        "Failed runs",
        "Runs of all functions that did not end, in the range of time.",
        queries.functions("Errors", "Sum", functions));
    newest(
        dashboard,
        "Waiting",
        "Messages in the queues, each of which may carry many events.",
        "",
        queries.queues("ApproximateNumberOfMessagesVisible", made.queues()));
    deadLetters(dashboard, functions);
    curves(
        dashboard,
        "Runs",
        "Runs of each function.",
        "short",
        queries.functions("Invocations", "Sum", functions));
    MadeThings.of(functions, FunctionKind.EVENT_CHECKER)
        .ifPresent(checker -> rules(dashboard, checker));
    return orNothing(dashboard);
  }

  private void rules(Dashboard dashboard, DeployedFunction checker) {
    int rules = Math.min(project.rules().size(), MOST_RULES);
    List<JsonObject> targets = new ArrayList<>();
    for (int number = 1; number <= rules; number++) {
      for (String what : List.of("fired", "skipped")) {
        targets.add(
            queries.counted(
                "rule-" + number + "-" + what, "Sum", checker, "rule " + number + " " + what));
      }
    }
    curves(
        dashboard,
        "Rules",
        "How often each rule has fired, or could not be evaluated.",
        "short",
        targets);
  }

  /** What S3 counts, and what was added lately, which is counted where an alarm is asked for. */
  private void deadLetters(Dashboard dashboard, List<DeployedFunction> functions) {
    newest(
        dashboard,
        "Dead letters",
        "With the records of failed runs; counted by S3 once a day.",
        "7d",
        made.bucket("dead-letters").stream()
            .map(name -> queries.bucket("NumberOfObjects", name, "AllStorageTypes"))
            .toList());
    if (project.features().integrateErrorHandling() && !functions.isEmpty()) {
      total(
          dashboard,
          "New dead letters",
          "Those that were added in the range of time.",
          List.of(queries.topic(twin + "-dead-letters")));
    }
  }

  private Dashboard tiers() {
    Dashboard dashboard = dashboard("tiers");
    List<DeployedFunction> movers =
        made.functions().stream().filter(f -> MOVERS.contains(f.kind())).toList();
    made.hotTable()
        .ifPresent(
            table ->
                curves(
                    dashboard,
                    "Hot store",
                    "Units that reading and writing items took.",
                    "short",
                    queries.table(table)));
    MadeThings.of(movers, FunctionKind.HOT_TO_COLD_MOVER)
        .ifPresent(
            mover ->
                dashboard.panel(
                    Panel.series(
                            "Oldest hot item beyond its time",
                            "Hours by which the mover was behind when a run ended; more than a"
                                + " day says that it does not keep up.",
                            12,
                            "h",
                            CloudWatchQueries.panel(
                                List.of(
                                    queries.counted(
                                        "hot-item-overdue-hours", "Maximum", mover, "overdue"))))
                        .over("7d")));
    TIERS.forEach(
        (tier, storage) ->
            made.bucket(tier)
                .ifPresent(
                    bucket -> {
                      stored(
                          dashboard,
                          "Bytes in the " + tier + " tier",
                          "bytes",
                          queries.bucket("BucketSizeBytes", bucket, storage));
                      stored(
                          dashboard,
                          "Chunks in the " + tier + " tier",
                          "short",
                          queries.bucket("NumberOfObjects", bucket, "AllStorageTypes"));
                    }));
    curves(
        dashboard,
        "Runs of the movers",
        "What moves items to colder tiers.",
        "short",
        queries.functions("Invocations", "Sum", movers));
    curves(
        dashboard,
        "Failed runs of the movers",
        "Runs that did not end.",
        "short",
        queries.functions("Errors", "Sum", movers));
    return orNothing(dashboard);
  }

  private static void stored(Dashboard dashboard, String title, String unit, JsonObject query) {
    dashboard.panel(
        Panel.series(
                title,
                "Counted by S3 once a day.",
                12,
                unit,
                CloudWatchQueries.panel(List.of(query)))
            .over("90d"));
  }

  private Dashboard operations() {
    Dashboard dashboard = dashboard("operations");
    List<DeployedFunction> functions = made.functions();
    LAMBDA.forEach(
        metric ->
            curves(
                dashboard,
                metric.title(),
                metric.description(),
                metric.unit(),
                queries.functions(metric.name(), metric.statistic(), functions)));
    curves(
        dashboard,
        "Queues",
        "Messages that wait, each of which may carry many events.",
        "short",
        queries.queues("ApproximateNumberOfMessagesVisible", made.queues()));
    curves(
        dashboard,
        "Oldest message",
        "How long the oldest message of each queue has waited.",
        "s",
        queries.queues("ApproximateAgeOfOldestMessage", made.queues()));
    return orNothing(dashboard);
  }

  private static Dashboard orNothing(Dashboard dashboard) {
    return dashboard.isEmpty()
        ? dashboard.panel(
            Panel.text(
                "Not on AWS",
                "Nothing that this would show is on AWS. `twinloom grafana` writes the dashboards"
                    + " on Twinloom's own API."))
        : dashboard;
  }

  private void total(
      Dashboard dashboard, String title, String description, List<JsonObject> queried) {
    if (!queried.isEmpty()) {
      dashboard.panel(Panel.total(title, description, "sum", queries.sum(queried, title)));
    }
  }

  private void newest(
      Dashboard dashboard,
      String title,
      String description,
      String range,
      List<JsonObject> queried) {
    if (!queried.isEmpty()) {
      dashboard.panel(
          Panel.total(title, description, "lastNotNull", queries.sum(queried, title)).over(range));
    }
  }

  private static void curves(
      Dashboard dashboard,
      String title,
      String description,
      String unit,
      List<JsonObject> queried) {
    if (!queried.isEmpty()) {
      dashboard.panel(Panel.series(title, description, 12, unit, CloudWatchQueries.panel(queried)));
    }
  }
}
