package io.twinloom.aws.deploy;

import io.twinloom.aws.log.EmbeddedMetrics;
import io.twinloom.functions.tier.Lateness;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Whether the mover out of the hot store keeps up, by the metric that its runs have made. */
final class MoverLateness {

  /** A run comes once a day and takes a while: the last one is within this time. */
  private static final Duration LOOKED_BACK = Duration.ofHours(26);

  private static final int PERIOD_SECONDS = 300;
  private static final String ID = "overdue";

  private MoverLateness() {}

  /** What the newest run has found; zero where none has said anything. */
  static Duration of(DeployedFunction mover, AwsDeployClients clients, Instant now) {
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id(ID)
            .metricStat(
                stat ->
                    stat.period(PERIOD_SECONDS)
                        .stat("Maximum")
                        .metric(
                            metric ->
                                metric
                                    .namespace(EmbeddedMetrics.NAMESPACE)
                                    .metricName(Lateness.HOURS)
                                    .dimensions(
                                        d ->
                                            d.name(EmbeddedMetrics.DIMENSION).value(mover.name()))))
            .build();
    List<MetricDataResult> results =
        AwsFailures.asking(
            "How far the mover is behind cannot be read",
            "CloudWatch",
            () ->
                clients
                    .metrics
                    .get()
                    .getMetricData(
                        r ->
                            r.metricDataQueries(query)
                                .startTime(now.minus(LOOKED_BACK))
                                .endTime(now)
                                .scanBy(ScanBy.TIMESTAMP_DESCENDING))
                    .metricDataResults());
    return results.stream()
        .filter(result -> ID.equals(result.id()))
        .flatMap(result -> result.values().stream())
        .findFirst()
        .map(hours -> Duration.ofHours(Math.round(hours)))
        .orElse(Duration.ZERO);
  }
}
