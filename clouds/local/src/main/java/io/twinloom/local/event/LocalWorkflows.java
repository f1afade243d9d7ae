package io.twinloom.local.event;

import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Workflows;

/**
 * Workflows on the queue of their cloud: each step is an event of the twin's workflow function,
 * which invokes the next one when it is done. So a step outlives a crash, is tried again by itself,
 * and is what the dead letter holds in the end.
 */
public final class LocalWorkflows implements Workflows {

  private final AsyncInvoker invoker;

  public LocalWorkflows(AsyncInvoker invoker) {
    this.invoker = invoker;
  }

  /** The function of a workflow that is named as AWS names one: what follows the last colon. */
  static String function(String workflow) {
    return workflow.substring(workflow.lastIndexOf(':') + 1);
  }

  @Override
  public void start(String workflow, Run run) {
    invoker.invokeLater(function(workflow), run.toJson());
  }
}
