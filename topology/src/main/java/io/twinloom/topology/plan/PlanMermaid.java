package io.twinloom.topology.plan;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Permission.Action;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A topology as a picture: clouds as boxes, what calls what inside them as thin arrows, crossings
 * as thick arrows with their connection's id.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid flowcharts</a>
 */
public final class PlanMermaid {
  private static final Set<Action> WRITES =
      EnumSet.of(Action.WRITE_ITEMS, Action.WRITE_OBJECTS, Action.WRITE_GRAPH);

  /** What identifies a store. */
  private record Placed(Provider cloud, String name) {}

  private final Topology topology;
  private final boolean processorsAsOne;
  private final Map<FunctionId, String> functionNodes = new HashMap<>();
  private final Map<Placed, String> storeNodes = new HashMap<>();
  private final List<String> exposed = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private PlanMermaid(Topology topology) {
    this.topology = topology;
    this.processorsAsOne =
        topology.functions().stream().filter(f -> f.kind() == FunctionKind.USER_PROCESSOR).count()
            > PlanText.NAMED_PROCESSORS;
  }

  /** The picture's source. */
  public static String of(Topology topology) {
    PlanMermaid plan = new PlanMermaid(topology);
    plan.line("flowchart LR");
    plan.line("  devices([devices])");
    for (Provider cloud : Provider.all()) {
      plan.cloud(cloud);
    }
    plan.calls();
    plan.storing();
    plan.crossings();
    plan.looks();
    return plan.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void cloud(Provider cloud) {
    List<String> nodes = new ArrayList<>();
    for (DeployedFunction f : topology.functions()) {
      if (f.cloud() == cloud) {
        function(f, nodes);
      }
    }
    for (Store store : topology.stores()) {
      if (store.cloud() == cloud) {
        String node = "s" + storeNodes.size();
        storeNodes.put(new Placed(cloud, store.name()), node);
        nodes.add(node + "[(\"" + store.name() + "\")]");
      }
    }
    if (!nodes.isEmpty()) {
      line("  subgraph " + cloud.id());
      nodes.forEach(node -> line("    " + node));
      line("  end");
    }
  }

  private void function(DeployedFunction f, List<String> nodes) {
    if (processorsAsOne && f.kind() == FunctionKind.USER_PROCESSOR) {
      if (functionNodes.put(f.id(), "processors") == null
          && !nodes.contains("processors[\"user processors\"]")) {
        nodes.add("processors[\"user processors\"]");
      }
      return;
    }
    String node = "f" + functionNodes.size();
    functionNodes.put(f.id(), node);
    nodes.add(node + "[\"" + f.name() + "\"]");
    if (f.exposed()) {
      exposed.add(node);
    }
  }

  private void calls() {
    Set<String> arrows = new LinkedHashSet<>();
    topology
        .function(FunctionKind.DISPATCHER)
        .ifPresent(f -> arrows.add("  devices --> " + functionNodes.get(f.id())));
    for (Permission p : topology.permissions()) {
      String from = functionNodes.get(p.id());
      if (p.action().isOnFunction()) {
        String to = functionNodes.get(new FunctionId(p.cloud(), p.target()));
        arrows.add(
            to == null
                ? "  " + from + " --> theirs([\"functions that exist already\"])"
                : "  " + from + " --> " + to);
      } else if (p.action() == Action.SEND_COMMANDS) {
        arrows.add("  " + from + " --> devices");
      }
    }
    arrows.forEach(this::line);
  }

  /** An arrow goes to a store that a function may write to, else to the function that reads it. */
  private void storing() {
    Map<String, Boolean> writing = new LinkedHashMap<>();
    for (Permission p : topology.permissions()) {
      if (p.action().isOnStore()) {
        String pair =
            functionNodes.get(p.id()) + " " + storeNodes.get(new Placed(p.cloud(), p.target()));
        writing.merge(pair, WRITES.contains(p.action()), Boolean::logicalOr);
      }
    }
    writing.forEach(
        (pair, writes) -> {
          List<String> ends = List.of(pair.split(" "));
          line(
              "  " + (writes ? pair.replace(" ", " --> ") : String.join(" --> ", ends.reversed())));
        });
  }

  private void crossings() {
    for (Connection c : topology.connections()) {
      String arrow = " ==>|" + c.id() + "| " + functionNodes.get(c.receiver().id());
      if (c.senders().isEmpty()) {
        line("  view_" + c.from().id() + "([\"readers on " + c.from().id() + "\"])" + arrow);
      }
      c.senders()
          .forEach(
              sender -> line("  " + functionNodes.get(new FunctionId(c.from(), sender)) + arrow));
    }
  }

  private void looks() {
    if (!exposed.isEmpty()) {
      line("  classDef exposed stroke-width:3px");
      line("  class " + String.join(",", exposed) + " exposed");
    }
  }
}
