package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs where, and why.
 *
 * @param functions in the order of {@link FunctionKind}, which is that of the layers
 */
public record Topology(
    String twin,
    List<DeployedFunction> functions,
    List<Store> stores,
    List<Schedule> schedules,
    List<Topic> topics,
    List<Connection> connections,
    List<Permission> permissions) {
  public Topology {
    functions = List.copyOf(functions);
    stores = List.copyOf(stores);
    schedules = List.copyOf(schedules);
    topics = List.copyOf(topics);
    connections = List.copyOf(connections);
    permissions = List.copyOf(permissions);
  }

  /**
   * The topology of a project, with every function it will have, {@link NotBuiltYet} among them.
   * The same project always has the same one.
   */
  public static Topology of(Project project) {
    List<Crossing> crossings = Crossings.of(project);
    List<DeployedFunction> functions = FunctionTable.of(project, crossings);
    List<Store> stores = Stores.of(project);
    List<Topic> topics = topics(project);
    return new Topology(
        project.config().name(),
        functions,
        stores,
        Timetable.of(functions),
        topics,
        crossings.stream().map(c -> connection(c, functions)).toList(),
        Rights.of(project, functions, stores, topics));
  }

  private static List<Topic> topics(Project project) {
    String devices = "dt/" + project.config().name() + "/+/";
    return List.of(
        new Topic(devices + "telemetry", Topic.Kind.TELEMETRY, project.placement().l1()),
        new Topic(devices + "commands", Topic.Kind.COMMANDS, project.placement().l1()));
  }

  private static Connection connection(Crossing crossing, List<DeployedFunction> functions) {
    List<String> senders =
        functions.stream()
            .filter(f -> crossing.senders().contains(f.kind()))
            .map(DeployedFunction::name)
            .toList();
    DeployedFunction receiver =
        functions.stream().filter(f -> f.kind() == crossing.receiver()).findFirst().orElseThrow();
    return new Connection(crossing.id(), crossing.from(), crossing.to(), senders, receiver);
  }

  /**
   * What targets deploy: the topology without the functions that are {@link NotBuiltYet}, and
   * without the stores, schedules, permissions and connections that only these have or serve. A
   * reader stays exposed to a sender that is not built yet, as it will be when that is. The twin
   * graph is always there: the twin service itself reads it, which is no function.
   */
  public Topology deployable() {
    List<DeployedFunction> built = functions.stream().filter(f -> isBuilt(f.kind())).toList();
    Set<String> left = names(built);
    Set<String> missing =
        functions.stream()
            .filter(f -> !isBuilt(f.kind()))
            .map(DeployedFunction::name)
            .collect(Collectors.toSet());
    List<Permission> allowed =
        permissions.stream()
            .filter(p -> left.contains(p.function()))
            .filter(p -> !p.action().isOnFunction() || !missing.contains(p.target()))
            .toList();
    Set<String> used =
        allowed.stream()
            .filter(p -> p.action().isOnStore())
            .map(Permission::target)
            .collect(Collectors.toSet());
    return new Topology(
        twin,
        built,
        stores.stream()
            .filter(s -> used.contains(s.name()) || s.kind() == Store.Kind.TWIN_GRAPH)
            .toList(),
        schedules.stream().filter(s -> left.contains(s.function())).toList(),
        topics,
        connections.stream()
            .filter(c -> left.contains(c.receiver().name()))
            .map(c -> withSenders(c, c.senders().stream().filter(left::contains).toList()))
            .toList(),
        allowed);
  }

  private static boolean isBuilt(FunctionKind kind) {
    return !NotBuiltYet.FUNCTIONS.contains(kind);
  }

  private static Set<String> names(List<DeployedFunction> functions) {
    return functions.stream().map(DeployedFunction::name).collect(Collectors.toSet());
  }

  private static Connection withSenders(Connection c, List<String> senders) {
    return new Connection(c.id(), c.from(), c.to(), senders, c.receiver());
  }

  /**
   * The functions that rules name and that exist already where layer 2 is: they are only invoked,
   * by these very names.
   */
  public static Set<String> foreignActions(Project project) {
    return FunctionTable.foreignActions(project);
  }

  /** The one function of a kind that a twin has at most one of. */
  public Optional<DeployedFunction> function(FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind).findFirst();
  }

  /** The function of a name, as functions call it. */
  public Optional<DeployedFunction> function(String name) {
    return functions.stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
