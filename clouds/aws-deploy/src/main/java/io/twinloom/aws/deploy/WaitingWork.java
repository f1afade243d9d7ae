package io.twinloom.aws.deploy;

import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * What waits on AWS for functions: messages on their queues, workflows that run, and events that
 * Lambda itself keeps for the user's actions. Of the last nobody can ask how many there are; they
 * are given to their function again within five minutes, so that none is left where it was not
 * given any for twice as long.
 *
 * @param outputs what Terraform's module gave back
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html">
 *     GetQueueAttributes</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How
 *     Lambda tries again</a>
 */
record WaitingWork(AwsDeployClients clients, JsonObject outputs, Instant now) {

  private static final Duration QUIET = Duration.ofMinutes(10);

  private static final int PERIOD_SECONDS = 60;

  /** CloudWatch answers at most 500 queries at once. */
  private static final int BATCH = 150;

  private static final List<String> METRICS =
      List.of("AsyncEventsReceived", "Invocations", "Throttles");

  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  /** In words; what does not wait for a function is left out. */
  List<String> of(List<DeployedFunction> functions) {
    List<String> waiting = new ArrayList<>();
    List<DeployedFunction> actions = new ArrayList<>();
    for (DeployedFunction function : functions) {
      FunctionSpec spec = FunctionSpec.of(function.kind());
      if (spec.queued()) {
        long messages = messages(function);
        if (messages > 0) {
          waiting.add(Count.of(messages, "message") + " for " + function.name());
        }
      } else if (spec.runs() == Runs.WORKFLOW) {
        long runs = runs(function);
        if (runs > 0) {
          waiting.add(Count.of(runs, "run") + " of " + function.name());
        }
      } else if (spec.runs() == Runs.USER_CODE && spec.invokedLater()) {
        actions.add(function);
      }
    }
    for (int i = 0; i < actions.size(); i += BATCH) {
      for (String name : busy(actions.subList(i, Math.min(actions.size(), i + BATCH)))) {
        waiting.add(name + " was given events within " + Count.of(QUIET.toMinutes(), "minute"));
      }
    }
    return waiting;
  }

  private long messages(DeployedFunction function) {
    String url =
        outputs.object("queues").flatMap(queues -> queues.text("url")).orElse("")
            + function.cloudName();
    try {
      return AwsFailures.asking(
          "A queue does not say how much waits on it",
          function.cloudName(),
          () ->
              clients
                  .sqs
                  .get()
                  .getQueueAttributes(r -> r.queueUrl(url).attributeNames(COUNTS))
                  .attributesAsStrings()
                  .values()
                  .stream()
                  .mapToLong(Long::parseLong)
                  .sum());
    } catch (TwinloomException e) {
      if (e.getCause() instanceof QueueDoesNotExistException) {
        return 0;
      }
      throw e;
    }
  }

  private long runs(DeployedFunction workflow) {
    return outputs
        .object("workflows")
        .flatMap(all -> all.text(workflow.name()))
        .map(
            arn ->
                AwsFailures.asking(
                    "A workflow does not say whether it runs",
                    workflow.cloudName(),
                    () ->
                        clients
                            .stepFunctions
                            .get()
                            .listExecutions(
                                r -> r.stateMachineArn(arn).statusFilter(ExecutionStatus.RUNNING))
                            .executions()
                            .size()))
        .orElse(0);
  }

  /** The names of those that were given anything lately. */
  private TreeSet<String> busy(List<DeployedFunction> actions) {
    Map<String, String> names = new HashMap<>();
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      for (int j = 0; j < METRICS.size(); j++) {
        String id = "m" + i + "_" + j;
        names.put(id, actions.get(i).name());
        queries.add(query(id, METRICS.get(j), actions.get(i)));
      }
    }
    List<MetricDataResult> results =
        AwsFailures.asking(
            "Whether functions were given events cannot be read",
            "CloudWatch",
            () ->
                clients
                    .metrics
                    .get()
                    .getMetricDataPaginator(
                        r -> r.metricDataQueries(queries).startTime(now.minus(QUIET)).endTime(now))
                    .metricDataResults()
                    .stream()
                    .toList());
    return results.stream()
        .filter(result -> result.values().stream().anyMatch(value -> value > 0))
        .map(result -> names.getOrDefault(result.id(), result.id()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static MetricDataQuery query(String id, String metric, DeployedFunction function) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.period(PERIOD_SECONDS)
                    .stat("Sum")
                    .metric(
                        m ->
                            m.namespace("AWS/Lambda")
                                .metricName(metric)
                                .dimensions(
                                    d -> d.name("FunctionName").value(function.cloudName()))))
        .build();
  }
}
