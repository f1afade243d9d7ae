package io.twinloom.bench.calls;

import io.twinloom.bench.calls.CallsBench.Setting;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was counted.
 *
 * @param invocations of functions by their queues, by kind
 * @param userCalls of user code
 * @param sends requests that put messages into queues, those of the topic rule included
 * @param receives requests that took messages out; as many delete them
 * @param writes of items
 * @param logBytes of the functions' own lines
 */
record Calls(
    Setting setting,
    Map<String, Integer> invocations,
    int userCalls,
    int sends,
    int receives,
    int writes,
    long logBytes) {
  Calls {
    invocations = Map.copyOf(invocations);
  }

  private int allInvocations() {
    return invocations.values().stream().mapToInt(Integer::intValue).sum() + userCalls;
  }

  private double each(double count) {
    return count * 1_000 / setting.events();
  }

  /** For people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "calls  %d/s, %s, %s processors: for 1,000 events %.0f invocations (%s, user code %.0f),"
            + " %.0f SQS requests (%.0f to send), %.0f writes, %.0f KB of log",
        setting.rate(),
        setting.rules() ? "rules" : "no rules",
        setting.own() ? "own" : "one for all",
        each(allInvocations()),
        new TreeMap<>(invocations)
            .entrySet().stream()
                .map(e -> e.getKey() + String.format(Locale.ROOT, " %.0f", each(e.getValue())))
                .collect(Collectors.joining(", ")),
        each(userCalls),
        each(sends + 2.0 * receives),
        each(sends),
        each(writes),
        each(logBytes) / 1024);
  }

  /** One JSON object; later releases only add members. */
  JsonObject json() {
    JsonObject.Builder byFunction = JsonObject.builder();
    new TreeMap<>(invocations).forEach((kind, count) -> byFunction.put(kind, number(each(count))));
    return JsonObject.builder()
        .put("bench", "calls")
        .put("rate", setting.rate())
        .put("rules", setting.rules())
        .put("own_processors", setting.own())
        .put("invocations_per_1000", number(each(allInvocations())))
        .put("invocations_by_function", byFunction.build())
        .put("user_calls_per_1000", number(each(userCalls)))
        .put("sqs_requests_per_1000", number(each(sends + 2.0 * receives)))
        .put("sqs_sends_per_1000", number(each(sends)))
        .put("writes_per_1000", number(each(writes)))
        .put("log_bytes_per_1000", number(each(logBytes)))
        .build();
  }

  private static JsonNumber number(double value) {
    return JsonNumber.of(Math.round(value * 10) / 10.0);
  }
}
