package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What runs where, and why.
 *
 * @param placement where each layer is; functions and stores may be on other clouds too, while a
 *     layer moves and where one has left data behind
 * @param functions in the order of {@link FunctionKind}, which is that of the layers
 */
public record Topology(
    String twin,
    Placement placement,
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

  /** The topology of a project. The same project always has the same one. */
  public static Topology of(Project project) {
    List<Crossing> crossings = Crossings.of(project);
    List<DeployedFunction> functions = TwinFunctions.of(project, crossings);
    List<Store> stores = Stores.of(project);
    List<Topic> topics = topics(project);
    return new Topology(
        project.config().name(),
        project.placement(),
        functions,
        stores,
        Timetable.of(functions),
        topics,
        crossings.stream().map(c -> connection(c, functions)).toList(),
        Rights.of(project, functions, stores, topics));
  }

  /** The same with other functions, in the order of their kinds, and what these may do. */
  public Topology with(List<DeployedFunction> others, List<Permission> allowed) {
    return new Topology(twin, placement, others, stores, schedules, topics, connections, allowed);
  }

  private static List<Topic> topics(Project project) {
    String devices = "dt/" + project.config().name() + "/+/";
    List<Topic> topics = new ArrayList<>();
    for (Provider cloud : project.legs().carriers(Layer.L1, project.placement())) {
      topics.add(new Topic(devices + "telemetry", Topic.Kind.TELEMETRY, cloud));
      topics.add(new Topic(devices + "commands", Topic.Kind.COMMANDS, cloud));
    }
    return topics;
  }

  private static Connection connection(Crossing crossing, List<DeployedFunction> functions) {
    List<String> senders =
        functions.stream()
            .filter(f -> f.cloud() == crossing.from() && crossing.senders().contains(f.kind()))
            .map(DeployedFunction::name)
            .toList();
    DeployedFunction receiver =
        functions.stream()
            .filter(f -> f.cloud() == crossing.to() && f.kind() == crossing.receiver())
            .findFirst()
            .orElseThrow();
    return new Connection(
        crossing.id(), crossing.from(), crossing.to(), crossing.route(), senders, receiver);
  }

  /**
   * The functions that rules name and that exist already where layer 2 is: they are only invoked,
   * by these very names.
   */
  public static Set<String> foreignActions(Project project) {
    return TwinFunctions.foreignActions(project);
  }

  /** The function of a kind on the cloud where its layer is; the first, of user code. */
  public Optional<DeployedFunction> function(FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind && isCurrent(f)).findFirst();
  }

  /** The functions of a kind, on whichever clouds. */
  public List<DeployedFunction> functions(FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind).toList();
  }

  /** A function. */
  public Optional<DeployedFunction> function(FunctionId id) {
    return functions.stream().filter(f -> f.id().equals(id)).findFirst();
  }

  /**
   * The function of a name where only the name is known: that on the cloud where its layer is, or
   * else the one on another.
   */
  public Optional<DeployedFunction> function(String name) {
    List<DeployedFunction> named = functions.stream().filter(f -> f.name().equals(name)).toList();
    return named.stream().filter(this::isCurrent).findFirst().or(() -> named.stream().findFirst());
  }

  /** Whether a function is on the cloud where its layer is. */
  public boolean isCurrent(DeployedFunction function) {
    return placement.of(function.layer()).equals(Optional.of(function.cloud()));
  }

  /** What answers a range query where the twin is read: over all tiers where something does. */
  public DeployedFunction rangeReader() {
    return first(
        this::function,
        FunctionKind.HISTORY_READER,
        FunctionKind.DATA_CONNECTOR,
        FunctionKind.HOT_READER);
  }

  /** What answers with newest values where the twin is read. */
  public DeployedFunction newestReader() {
    return first(
        this::function, FunctionKind.DATA_CONNECTOR_LAST_ENTRY, FunctionKind.HOT_READER_LAST_ENTRY);
  }

  /** What answers a range query where the twin service on a cloud reads. */
  public DeployedFunction rangeReader(Provider cloud) {
    return first(
        kind -> on(cloud, kind),
        FunctionKind.HISTORY_READER,
        FunctionKind.DATA_CONNECTOR,
        FunctionKind.HOT_READER);
  }

  /** What answers with newest values where the twin service on a cloud reads. */
  public DeployedFunction newestReader(Provider cloud) {
    return first(
        kind -> on(cloud, kind),
        FunctionKind.DATA_CONNECTOR_LAST_ENTRY,
        FunctionKind.HOT_READER_LAST_ENTRY);
  }

  private DeployedFunction first(
      Function<FunctionKind, Optional<DeployedFunction>> find, FunctionKind... kinds) {
    return Stream.of(kinds).flatMap(kind -> find.apply(kind).stream()).findFirst().orElseThrow();
  }

  /**
   * The functions that the twin service of layer 4 on a cloud calls itself when it is read: the
   * readers of that cloud, or what stands in for them there. None where it is pushed to, or there
   * is no layer 4.
   */
  public List<DeployedFunction> twinReaders(Provider cloud) {
    boolean pulls =
        stores.stream().anyMatch(s -> s.kind() == Store.Kind.TWIN_GRAPH && s.cloud() == cloud)
            && on(cloud, FunctionKind.TWIN_UPDATER).isEmpty();
    if (!pulls) {
      return List.of();
    }
    Set<FunctionKind> kinds =
        on(cloud, FunctionKind.DATA_CONNECTOR).isPresent()
            ? EnumSet.of(FunctionKind.DATA_CONNECTOR, FunctionKind.DATA_CONNECTOR_LAST_ENTRY)
            : EnumSet.of(FunctionKind.HOT_READER, FunctionKind.HOT_READER_LAST_ENTRY);
    kinds.add(FunctionKind.HISTORY_READER);
    return functions.stream().filter(f -> kinds.contains(f.kind()) && f.cloud() == cloud).toList();
  }

  private Optional<DeployedFunction> on(Provider cloud, FunctionKind kind) {
    return functions.stream().filter(f -> f.kind() == kind && f.cloud() == cloud).findFirst();
  }
}
