package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import java.util.List;
import java.util.Optional;

/** What runs where, and why. */
public record Topology(
    String twin,
    List<DeployedFunction> functions,
    List<Store> stores,
    List<Schedule> schedules,
    List<Connection> connections) {
  public Topology {
    functions = List.copyOf(functions);
    stores = List.copyOf(stores);
    schedules = List.copyOf(schedules);
    connections = List.copyOf(connections);
  }

  /** The topology of a project: the same project always has the same one. */
  public static Topology of(Project project) {
    throw new IllegalStateException(project.config().name());
  }

  /** The one function of a kind that a twin has at most one of. */
  public Optional<DeployedFunction> function(FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind).findFirst();
  }
}
