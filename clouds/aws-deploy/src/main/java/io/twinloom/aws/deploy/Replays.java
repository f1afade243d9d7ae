package io.twinloom.aws.deploy;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Workflows;
import io.twinloom.functions.port.Workflows.Run;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Topology;
import java.util.List;

/**
 * Starts what dead letters were kept for: a function by Lambda, or the workflow, whose run names
 * the functions that it runs: only those that a rule gives it.
 *
 * @param arns of the workflows, by their names
 */
record Replays(Topology topology, FunctionInvoker functions, Workflows workflows, JsonObject arns) {

  /**
   * Hands an event in again.
   *
   * @param id the letter's
   * @param name of a function or workflow that the letter may be replayed by
   * @throws TwinloomException if the event is none of it, or AWS does not take it
   */
  void start(String id, String name, JsonObject event) {
    boolean isWorkflow =
        topology.function(name).filter(f -> f.kind() == FunctionKind.WORKFLOW).isPresent();
    if (isWorkflow) {
      workflows.start(arns.text(name).orElse(name), run(id, name, event));
    } else {
      functions.invokeLater(name, event);
    }
  }

  private Run run(String id, String workflow, JsonObject event) {
    List<String> allowed =
        topology.permissions().stream()
            .filter(p -> p.function().equals(workflow) && p.action().isOnFunction())
            .map(Permission::target)
            .toList();
    try {
      Run run = Run.of(event);
      if (allowed.containsAll(run.functions())) {
        return run;
      }
    } catch (IllegalArgumentException e) {
      throw DeadLetterKey.refused(id, "its event is no run of a workflow");
    }
    throw DeadLetterKey.refused(id, "no rule runs the functions that its event names");
  }
}
