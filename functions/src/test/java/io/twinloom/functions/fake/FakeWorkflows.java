package io.twinloom.functions.fake;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers the runs that were started. */
public final class FakeWorkflows implements Workflows {

  /** A run that was started. */
  public record Started(String workflow, Run run) {}

  private final List<Started> started = new ArrayList<>();
  private Optional<Reason> failing = Optional.empty();

  /** From now on none can be started. */
  public void fail(Reason reason) {
    failing = Optional.of(reason);
  }

  public List<Started> started() {
    return List.copyOf(started);
  }

  @Override
  public void start(String workflow, Run run) {
    if (failing.isPresent()) {
      throw InvocationException.of(failing.get(), "No workflow", workflow, "Add it.");
    }
    started.add(new Started(workflow, run));
  }
}
