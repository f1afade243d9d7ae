package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.AccountOperations.LogRequest;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.DeployedFunction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * What the functions said, from their log groups: the lines of ours as they are, those of user code
 * and of Lambda itself in the same shape.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html">
 *     FilterLogEvents</a>
 */
final class FunctionLogs {

  /** What Lambda says of each invocation, and nobody looks for here. */
  private static final Pattern ROUTINE =
      Pattern.compile(
          "(INIT_START|START|END|REPORT|EXTENSION|XRAY|RESTORE_START|RESTORE_REPORT) .*",
          Pattern.DOTALL);

  private static final Pattern TRACE = Pattern.compile("[0-9a-zA-Z-]{1,64}");

  private final Supplier<CloudWatchLogsClient> logs;
  private final Deployment deployment;

  FunctionLogs(Supplier<CloudWatchLogsClient> logs, Deployment deployment) {
    this.logs = logs;
    this.deployment = deployment;
  }

  List<LogLine> read(LogRequest request) {
    List<DeployedFunction> functions =
        request
            .function()
            .map(List::of)
            .orElseGet(
                () ->
                    deployment.project().topology().functions().stream()
                        .filter(f -> f.cloud() == KnownClouds.AWS)
                        .toList());
    List<LogLine> lines = new ArrayList<>();
    for (DeployedFunction function : functions) {
      group(function).ifPresent(group -> read(function, group, request, lines));
    }
    lines.sort(Comparator.comparing(LogLine::time));
    return lines.size() <= request.limit()
        ? lines
        : lines.subList(lines.size() - request.limit(), lines.size());
  }

  private Optional<String> group(DeployedFunction function) {
    return deployment
        .outputs()
        .object("functions")
        .flatMap(all -> all.object(function.name()))
        .flatMap(one -> one.text("log_group"));
  }

  private void read(
      DeployedFunction function, String group, LogRequest request, List<LogLine> lines) {
    Deque<LogLine> newest = new ArrayDeque<>();
    try {
      AwsFailures.asking(
          "The log cannot be read",
          group,
          () -> {
            logs.get()
                .filterLogEventsPaginator(
                    r -> {
                      r.logGroupName(group).startTime(request.since().toEpochMilli());
                      request
                          .trace()
                          .filter(t -> TRACE.matcher(t).matches())
                          .ifPresent(t -> r.filterPattern("\"" + t + "\""));
                    })
                .events()
                .forEach(
                    event ->
                        line(function, event)
                            .filter(line -> isWanted(line, request))
                            .ifPresent(
                                line -> {
                                  newest.addLast(new LogLine(line));
                                  if (newest.size() > request.limit()) {
                                    newest.removeFirst();
                                  }
                                }));
            return newest;
          });
    } catch (io.twinloom.model.TwinloomException e) {
      if (!(e.getCause() instanceof ResourceNotFoundException)) {
        throw e;
      }
    }
    lines.addAll(newest);
  }

  private static boolean isWanted(JsonObject line, LogRequest request) {
    return request.trace().isEmpty() || request.trace().equals(line.text("trace_id"));
  }

  /** A line in the shape of ours; empty for what is none for people. */
  private static Optional<JsonObject> line(DeployedFunction function, FilteredLogEvent event) {
    String message = event.message() == null ? "" : event.message().strip();
    if (message.isEmpty() || ROUTINE.matcher(message).matches()) {
      return Optional.empty();
    }
    Optional<JsonObject> own = own(message);
    if (own.isPresent()) {
      return own.filter(line -> !line.has("_aws"));
    }
    boolean bad = message.contains("ERROR") || message.contains("Task timed out");
    return Optional.of(
        JsonObject.builder()
            .put("time", Instant.ofEpochMilli(event.timestamp()).toString())
            .put("level", bad ? "ERROR" : "INFO")
            .put("function", function.name())
            .put("cloud", KnownClouds.AWS.id())
            .put("message", message)
            .build());
  }

  private static Optional<JsonObject> own(String message) {
    if (!message.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Json.parse(message.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject line
              && (line.has("function") || line.has("_aws"))
          ? Optional.of(line)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      // A line of user code that only looks like one of ours.
      return Optional.empty();
    }
  }
}
