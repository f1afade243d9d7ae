package io.twinloom.cost.load;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Component.Part;
import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.load.FunctionLoad.Trigger;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topic;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a plan with what each uses in a month, in the order of the plan. */
public final class Components {

  /** The artifact of the system functions, and packages of user code beside it. */
  private static final BigDecimal PACKAGES = Decimals.of(40_000_000);

  private final Project project;
  private final Topology topology;
  private final Traffic traffic;
  private final Batching batching;
  private final FunctionLoads loads;
  private final List<Component> components = new ArrayList<>();

  private Components(Project project, Topology topology, Traffic traffic, Batching batching) {
    this.project = project;
    this.topology = topology;
    this.traffic = traffic;
    this.batching = batching;
    this.loads = new FunctionLoads(project, topology, traffic, batching);
  }

  /** The parts of a project's plan. The same project and usage always have the same parts. */
  public static List<Component> of(
      Project project, Topology topology, Traffic traffic, Batching batching) {
    Components made = new Components(project, topology, traffic, batching);
    topology.topics().forEach(made::topic);
    topology.functions().forEach(made::function);
    topology.stores().forEach(made::store);
    topology.schedules().forEach(made::schedule);
    made.components.addAll(new ConnectionLoads(topology, traffic, batching, made.loads).all());
    project.placement().l5().ifPresent(made::view);
    made.clouds();
    return List.copyOf(made.components);
  }

  private void add(
      Part part, String name, Optional<Layer> layer, Provider cloud, List<Demand> demands) {
    components.add(new Component(part, name, layer, cloud, demands));
  }

  private void topic(Topic topic) {
    List<Demand> demands =
        switch (topic.kind()) {
          case TELEMETRY ->
              List.of(
                  Demand.of(Use.DEVICE_CONNECTION, traffic.connectedMinutes()),
                  Demand.of(Use.DEVICE_MESSAGE, traffic.messages(), traffic.messageBytes()));
          case COMMANDS ->
              List.of(Demand.of(Use.DEVICE_COMMAND, sentCommands(), traffic.messageBytes()));
        };
    add(Part.TOPIC, topic.name(), Optional.of(Layer.L1), topic.cloud(), demands);
  }

  private BigDecimal sentCommands() {
    return project.features().returnFeedbackToDevice() ? loads.commands() : BigDecimal.ZERO;
  }

  private void function(DeployedFunction function) {
    FunctionSpec spec = FunctionSpec.of(function.kind());
    FunctionLoad load = loads.of(function);
    List<Demand> demands = new ArrayList<>();
    if (load.trigger() == Trigger.WORKFLOW) {
      BigDecimal steps = traffic.of(UsageKey.WORKFLOW_STEPS);
      demands.add(Demand.of(Use.WORKFLOW_STEP, load.invocations().multiply(steps)));
    } else {
      demands.add(
          Demand.invocations(
              invocations(spec), load.invocations(), load.millis(), spec.size().memoryMib()));
      demands.add(Demand.of(Use.FUNCTION_LOG, load.invocations(), traffic.of(UsageKey.LOG_SIZE)));
    }
    state(function, spec, load).ifPresent(demands::addAll);
    add(Part.FUNCTION, function.name(), Optional.of(function.layer()), function.cloud(), demands);
    if (spec.queued()) {
      queue(function, load);
    }
  }

  private static Use invocations(FunctionSpec spec) {
    return spec.code().isPresent() ? Use.USER_INVOCATION : Use.FUNCTION_INVOCATION;
  }

  /** One message a batch; those of devices come one by one and are counted at their channel. */
  private void queue(DeployedFunction function, FunctionLoad load) {
    boolean first = function.kind() == FunctionKind.DISPATCHER;
    BigDecimal bytes = load.eventBytes().multiply(batching.events());
    add(
        Part.QUEUE,
        function.name(),
        Optional.of(function.layer()),
        function.cloud(),
        List.of(
            Demand.of(Use.QUEUE_MESSAGE, first ? BigDecimal.ZERO : load.invocations(), bytes),
            Demand.of(Use.QUEUE_IDLE, BigDecimal.ONE)));
  }

  /** Plans of movers, and the answers to signed requests. */
  private Optional<List<Demand>> state(
      DeployedFunction function, FunctionSpec spec, FunctionLoad load) {
    if (spec.needs(Need.MOVE_PLANS)) {
      BigDecimal writes = traffic.chunks().multiply(Decimals.of(3));
      return Optional.of(stateOf(writes, load.invocations()));
    }
    if (spec.needs(Need.RECORDED_ANSWERS) && isSigned(function)) {
      return Optional.of(stateOf(load.invocations(), load.invocations()));
    }
    return Optional.empty();
  }

  private static List<Demand> stateOf(BigDecimal writes, BigDecimal reads) {
    BigDecimal bytes = Decimals.of(500);
    return List.of(
        Demand.of(Use.STATE_WRITE, writes, bytes), Demand.of(Use.STATE_READ, reads, bytes));
  }

  private boolean isSigned(DeployedFunction receiver) {
    return topology.connections().stream()
        .filter(c -> c.receiver().equals(receiver))
        .anyMatch(c -> project.config().signedConnections().of(c.id()) != SigningMode.OFF);
  }

  private void store(Store store) {
    Layer layer =
        switch (store.kind()) {
          case HOT -> Layer.L3_HOT;
          case COLD -> Layer.L3_COLD;
          case ARCHIVE -> Layer.L3_ARCHIVE;
          case TWIN_GRAPH -> Layer.L4;
        };
    List<Demand> demands = new StoreLoads(project, topology, traffic).of(store.kind());
    add(Part.STORE, store.name(), Optional.of(layer), store.cloud(), demands);
  }

  private void schedule(Schedule schedule) {
    DeployedFunction function = topology.function(schedule.id()).orElseThrow();
    add(
        Part.SCHEDULE,
        schedule.name(),
        Optional.of(function.layer()),
        function.cloud(),
        List.of(
            Demand.of(Use.SCHEDULE_JOB, BigDecimal.ONE),
            Demand.of(Use.SCHEDULE_RUN, CronRate.perMonth(schedule.cron()))));
  }

  private void view(Provider cloud) {
    BigDecimal watched = traffic.of(UsageKey.ACTIVE_HOURS).multiply(Decimals.DAYS);
    add(
        Part.VIEW,
        "dashboards",
        Optional.of(Layer.L5),
        cloud,
        List.of(
            Demand.of(Use.VIEW_EDITOR, traffic.of(UsageKey.EDITORS)),
            Demand.of(Use.VIEW_VIEWER, traffic.of(UsageKey.VIEWERS)),
            Demand.of(Use.VIEW_HOUR, Decimals.HOURS),
            Demand.of(Use.VIEW_ACTIVE_HOUR, watched),
            Demand.of(Use.EGRESS, traffic.queries(), traffic.responseBytes())));
  }

  /** What each cloud holds beside the plan: dead letters, packages, alarms. */
  private void clouds() {
    Set<Provider> clouds = new TreeSet<>();
    topology.functions().forEach(function -> clouds.add(function.cloud()));
    BigDecimal alarms =
        project.features().integrateErrorHandling() ? BigDecimal.ONE : BigDecimal.ZERO;
    for (Provider cloud : clouds) {
      boolean processes = project.placement().l2() == cloud;
      BigDecimal failed =
          processes
              ? traffic.messages().multiply(traffic.of(UsageKey.FAILED_SHARE))
              : BigDecimal.ZERO;
      add(
          Part.CLOUD,
          cloud.id(),
          Optional.empty(),
          cloud,
          List.of(
              Demand.of(Use.DEAD_LETTER, failed, traffic.eventBytes()),
              Demand.stored(Use.PACKAGE_STORED, BigDecimal.ONE, PACKAGES, Decimals.DAYS),
              Demand.of(Use.ALARM, alarms)));
    }
  }
}
