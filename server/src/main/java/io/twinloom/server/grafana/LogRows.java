package io.twinloom.server.grafana;

import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Lines of the log. */
record LogRows(Target target) {

  static final List<String> LEVELS = LogQuery.LEVELS;

  /** The newest lines, oldest first. */
  List<JsonObject> lines(Instant since, Optional<String> device, String level, int limit) {
    List<JsonObject> rows = new ArrayList<>();
    LogQuery query =
        LogQuery.builder()
            .device(device)
            .level(level)
            .since(Optional.of(since))
            .tail(OptionalInt.of(limit))
            .build();
    target.logs(query, line -> rows.add(row(line)));
    return rows;
  }

  private static JsonObject row(LogLine line) {
    return JsonObject.builder()
        .put("time", line.time())
        .put("level", line.level())
        .put("body", body(line))
        .put("function", line.json().text("function").orElse(""))
        .put("cloud", line.cloud())
        .put("device", line.device().orElse(""))
        .put("trace", line.traceId().orElse(""))
        .build();
  }

  private static String body(LogLine line) {
    return line.message()
        .or(line::outcome)
        .map(text -> line.json().text("function").orElse("") + ": " + text)
        .orElse("");
  }
}
