package io.twinloom.server.grafana;

import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.Callee;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of a twin as nodes, and who invokes whom as edges, in the fields that the node
 * graph of Grafana reads.
 */
record NodeGraph(RunningProject twin) {

  private Topology topology() {
    return twin.project().topology();
  }

  /** A node for each function; its ring is the share of invocations that ended well. */
  List<JsonObject> nodes() {
    Map<String, StatusReport.FunctionStatus> counts = new HashMap<>();
    twin.control().status().functions().forEach(f -> counts.put(f.name(), f));
    List<JsonObject> rows = new ArrayList<>();
    for (DeployedFunction function : topology().functions()) {
      StatusReport.FunctionStatus count = counts.get(function.name());
      long invocations = count == null ? 0 : count.invocations();
      long errors = count == null ? 0 : count.errors();
      double bad = invocations == 0 ? 0 : Math.min(1, (double) errors / invocations);
      rows.add(
          JsonObject.builder()
              .put("id", function.name())
              .put("title", function.kind().id())
              .put("subTitle", function.layer().title() + " on " + function.cloud().id())
              .put("mainStat", invocations)
              .put("secondaryStat", errors)
              .put("arc__ok", 1 - bad)
              .put("arc__error", bad)
              .build());
    }
    return rows;
  }

  /** An edge from each function to those it invokes on its cloud, and over each connection. */
  List<JsonObject> edges() {
    List<JsonObject> rows = new ArrayList<>();
    for (DeployedFunction function : topology().functions()) {
      for (Callee callee : FunctionSpec.of(function.kind()).invokes()) {
        for (DeployedFunction called : on(function, callee.kind())) {
          rows.add(edge(function.name(), called.name(), ""));
        }
      }
    }
    for (Connection connection : topology().connections()) {
      for (String sender : connection.senders()) {
        rows.add(edge(sender, connection.receiver().name(), connection.id()));
      }
    }
    return rows;
  }

  private List<DeployedFunction> on(DeployedFunction caller, FunctionKind kind) {
    return topology().functions().stream()
        .filter(f -> f.kind() == kind && f.cloud() == caller.cloud())
        .toList();
  }

  private static JsonObject edge(String source, String target, String connection) {
    return JsonObject.builder()
        .put("id", source + " " + target)
        .put("source", source)
        .put("target", target)
        .put("mainStat", connection)
        .build();
  }
}
