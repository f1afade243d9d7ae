package io.twinloom.aws.deploy;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.CloudOperations.FunctionState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.topology.DeployedFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/** How functions are: what Lambda says of each, and CloudWatch's counts of their invocations. */
final class FunctionStates {

  /** CloudWatch answers at most so many queries at once; there are two for each function. */
  private static final int BATCH = 250;

  private static final int PERIOD_SECONDS = 300;

  private final AwsDeployClients clients;
  private final JsonObject outputs;

  FunctionStates(AwsDeployClients clients, JsonObject outputs) {
    this.clients = clients;
    this.outputs = outputs;
  }

  Map<String, FunctionState> of(List<DeployedFunction> functions, Instant from, Instant to) {
    Map<String, FunctionCounts> counts = new HashMap<>();
    List<DeployedFunction> lambdas =
        functions.stream().filter(f -> f.kind() != FunctionKind.WORKFLOW).toList();
    for (int i = 0; i < lambdas.size(); i += BATCH) {
      counts.putAll(counts(lambdas.subList(i, Math.min(lambdas.size(), i + BATCH)), from, to));
    }
    Map<String, FunctionState> states = new LinkedHashMap<>();
    for (DeployedFunction function : functions) {
      if (function.kind() == FunctionKind.WORKFLOW) {
        workflow(function).ifPresent(state -> states.put(function.name(), state));
      } else {
        state(function, counts.getOrDefault(function.name(), new FunctionCounts(0, 0, "")))
            .ifPresent(state -> states.put(function.name(), state));
      }
    }
    return states;
  }

  /** A workflow has no state of its own but that it was made. */
  private Optional<FunctionState> workflow(DeployedFunction function) {
    return outputs
        .object("workflows")
        .flatMap(all -> all.text(function.name()))
        .map(arn -> new FunctionState(true, Optional.empty(), new FunctionCounts(0, 0, "")));
  }

  private Optional<FunctionState> state(DeployedFunction function, FunctionCounts counts) {
    try {
      GetFunctionConfigurationResponse there =
          AwsFailures.asking(
              "The function cannot be looked at",
              function.cloudName(),
              () ->
                  clients
                      .lambda
                      .get()
                      .getFunctionConfiguration(r -> r.functionName(function.cloudName())));
      boolean failed = there.lastUpdateStatus() == LastUpdateStatus.FAILED;
      // One that nobody has called for weeks is put aside, and comes back by itself.
      boolean runs = there.state() != State.FAILED && !failed;
      Optional<String> why =
          Optional.ofNullable(failed ? there.lastUpdateStatusReason() : there.stateReason())
              .filter(reason -> !runs);
      return Optional.of(new FunctionState(runs, why, counts));
    } catch (io.twinloom.model.TwinloomException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Map<String, FunctionCounts> counts(
      List<DeployedFunction> functions, Instant from, Instant to) {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      queries.add(query("i" + i, "Invocations", functions.get(i)));
      queries.add(query("e" + i, "Errors", functions.get(i)));
    }
    Map<String, MetricDataResult> results = new HashMap<>();
    AwsFailures.asking(
            "The functions' counts cannot be read",
            "CloudWatch",
            () ->
                clients
                    .metrics
                    .get()
                    .getMetricDataPaginator(
                        r -> r.metricDataQueries(queries).startTime(from).endTime(to))
                    .metricDataResults()
                    .stream()
                    .toList())
        .forEach(result -> results.merge(result.id(), result, FunctionStates::both));
    Map<String, FunctionCounts> counts = new HashMap<>();
    for (int i = 0; i < functions.size(); i++) {
      MetricDataResult invocations = results.get("i" + i);
      MetricDataResult errors = results.get("e" + i);
      counts.put(
          functions.get(i).name(),
          new FunctionCounts(sum(invocations), sum(errors), last(invocations)));
    }
    return counts;
  }

  private static MetricDataQuery query(String id, String metric, DeployedFunction function) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            MetricStat.builder()
                .period(PERIOD_SECONDS)
                .stat("Sum")
                .metric(
                    Metric.builder()
                        .namespace("AWS/Lambda")
                        .metricName(metric)
                        .dimensions(
                            Dimension.builder()
                                .name("FunctionName")
                                .value(function.cloudName())
                                .build())
                        .build())
                .build())
        .build();
  }

  private static MetricDataResult both(MetricDataResult first, MetricDataResult second) {
    List<Double> values = new ArrayList<>(first.values());
    values.addAll(second.values());
    List<Instant> times = new ArrayList<>(first.timestamps());
    times.addAll(second.timestamps());
    return first.toBuilder().values(values).timestamps(times).build();
  }

  private static long sum(@org.jspecify.annotations.Nullable MetricDataResult result) {
    return result == null
        ? 0
        : Math.round(result.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** The last five minutes in which it ran, by their beginning. */
  private static String last(@org.jspecify.annotations.Nullable MetricDataResult result) {
    if (result == null) {
      return "";
    }
    List<Instant> ran = new ArrayList<>();
    for (int i = 0; i < Math.min(result.values().size(), result.timestamps().size()); i++) {
      if (result.values().get(i) > 0) {
        ran.add(result.timestamps().get(i));
      }
    }
    return ran.stream().max(Comparator.naturalOrder()).map(Instant::toString).orElse("");
  }
}
