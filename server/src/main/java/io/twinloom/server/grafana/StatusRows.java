package io.twinloom.server.grafana;

import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonObject;
import io.twinloom.topology.DeployedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a twin is, as rows. */
record StatusRows(RunningProject twin) {

  private StatusReport status() {
    return twin.control().status();
  }

  /** One row of figures. */
  List<JsonObject> summary() {
    StatusReport status = status();
    long errors = status.functions().stream().mapToLong(StatusReport.FunctionStatus::errors).sum();
    long sick = status.layers().stream().filter(layer -> !layer.healthy()).count();
    return List.of(
        JsonObject.builder()
            .put("twin", status.twin())
            .put("running", status.running() ? 1 : 0)
            .put("unhealthyLayers", sick)
            .put("deadLetters", status.deadLetters())
            .put("backlog", status.backlog())
            .put("errors", errors)
            .put("warnings", status.warnings().size() + status.alarms().size())
            .build());
  }

  List<JsonObject> layers() {
    return status().layers().stream()
        .map(
            layer ->
                JsonObject.builder()
                    .put("layer", layer.layer().title())
                    .put("cloud", layer.cloud().id())
                    .put("healthy", layer.healthy())
                    .put("lastEvent", layer.lastEvent().orElse(""))
                    .build())
        .toList();
  }

  List<JsonObject> functions() {
    Map<String, DeployedFunction> known =
        twin.project().topology().functions().stream()
            .collect(Collectors.toMap(DeployedFunction::name, Function.identity(), (a, b) -> a));
    return status().functions().stream()
        .map(
            function -> {
              DeployedFunction deployed = known.get(function.name());
              return JsonObject.builder()
                  .put("function", function.name())
                  .put("cloud", function.cloud().id())
                  .put("layer", deployed == null ? "" : deployed.layer().title())
                  .put("invocations", function.invocations())
                  .put("errors", function.errors())
                  .build();
            })
        .toList();
  }

  List<JsonObject> connections() {
    return status().connections().stream()
        .map(
            connection ->
                JsonObject.builder()
                    .put("connection", connection.id())
                    .put("from", connection.from().id())
                    .put("to", connection.to().id())
                    .put("state", connection.state().id())
                    .build())
        .toList();
  }

  List<JsonObject> rules() {
    return status().rules().stream()
        .map(
            rule ->
                JsonObject.builder()
                    .put("rule", rule.rule())
                    .put("condition", rule.condition())
                    .put("does", rule.does())
                    .put("fired", rule.fired())
                    .put("skipped", rule.skipped())
                    .build())
        .toList();
  }

  List<JsonObject> tiers() {
    List<JsonObject> rows = new ArrayList<>();
    for (TierSize size : status().tiers()) {
      JsonObject.Builder row =
          JsonObject.builder().put("tier", size.tier().title()).put("cloud", size.cloud().id());
      switch (size) {
        case TierSize.Items items ->
            row.put("items", items.items()).put("chunks", 0).put("bytes", 0).put("storedBytes", 0);
        case TierSize.Chunks chunks ->
            row.put("items", 0)
                .put("chunks", chunks.chunks())
                .put("bytes", chunks.bytes())
                .put("storedBytes", chunks.storedBytes());
      }
      rows.add(row.build());
    }
    return rows;
  }
}
