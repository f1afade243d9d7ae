package io.twinloom.topology;

import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which functions a project's twin has: the table of functions, row by row. */
final class FunctionTable {
  private final Project project;
  private final String twin;
  private final Placement placement;
  private final List<Crossing> crossings;
  private final List<DeployedFunction> functions = new ArrayList<>();

  private FunctionTable(Project project, List<Crossing> crossings) {
    this.project = project;
    this.twin = project.config().name();
    this.placement = project.placement();
    this.crossings = crossings;
  }

  static List<DeployedFunction> of(Project project, List<Crossing> crossings) {
    FunctionTable table = new FunctionTable(project, crossings);
    for (FunctionKind kind : FunctionKind.values()) {
      switch (kind) {
        case USER_PROCESSOR -> table.processors();
        case EVENT_ACTION -> table.actions();
        case USER_FEEDBACK -> table.system(kind, table.code(Role.EVENT_FEEDBACK, ""));
        default -> table.system(kind, Optional.empty());
      }
    }
    return List.copyOf(table.functions);
  }

  /** The names of the event actions that Twinloom deploys, in the order of the rules. */
  static Set<String> deployedActions(Project project) {
    return actions(project, true);
  }

  /** The names of the event actions that exist already and are only invoked. */
  static Set<String> foreignActions(Project project) {
    return actions(project, false);
  }

  private static Set<String> actions(Project project, boolean autoDeploy) {
    Set<String> names = new LinkedHashSet<>();
    if (project.features().useEventChecking()) {
      for (EventRule rule : project.rules()) {
        if (rule.action().autoDeploy() == autoDeploy) {
          names.addAll(functionNames(project, rule.action()));
        }
      }
    }
    return names;
  }

  /** The functions that an action runs: none where its workflow is switched off. */
  static List<String> functionNames(Project project, EventRule.Action action) {
    if (action.type() == ActionType.FUNCTION) {
      return List.of(action.functionName());
    }
    if (!project.features().triggerNotificationWorkflow()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(List.of(action.functionName()));
    action.functionNameB().ifPresent(names::add);
    return names;
  }

  private void system(FunctionKind kind, Optional<UserCode> code) {
    if (exists(kind)) {
      add(Names.function(twin, kind), kind, purpose(kind), code);
    }
  }

  /** The column "exists when". */
  private boolean exists(FunctionKind kind) {
    return switch (kind) {
      case DISPATCHER,
          PROCESSOR,
          PERSISTER,
          HOT_READER,
          HOT_READER_LAST_ENTRY,
          HOT_TO_COLD_MOVER,
          COLD_TO_ARCHIVE_MOVER ->
          true;
      case CONNECTOR -> placement.l1() != placement.l2();
      case INGESTION, HOT_WRITER, COLD_WRITER, ARCHIVE_WRITER, FEEDBACK_GATEWAY ->
          !crossingsTo(kind).isEmpty();
      case EVENT_CHECKER -> project.features().useEventChecking();
      case WORKFLOW -> project.features().triggerNotificationWorkflow();
      case EVENT_FEEDBACK -> project.features().returnFeedbackToDevice();
      case USER_FEEDBACK ->
          project.features().returnFeedbackToDevice() && code(Role.EVENT_FEEDBACK, "").isPresent();
      case COLD_READER, ARCHIVE_READER, HISTORY_READER -> project.config().historyOverTiers();
      case DATA_CONNECTOR, DATA_CONNECTOR_LAST_ENTRY ->
          placement.l4().filter(l4 -> l4 != placement.l3Hot()).isPresent();
      case TWIN_UPDATER -> Crossings.isPushedTo(placement);
      case USER_PROCESSOR, EVENT_ACTION -> throw new IllegalArgumentException(kind.id());
    };
  }

  private String purpose(FunctionKind kind) {
    return switch (kind) {
      case DISPATCHER -> "normalises what the devices send and hands it on";
      case CONNECTOR -> "sends measurements to L2, which is on " + placement.l2().id();
      case INGESTION -> "takes in the measurements of L1, which is on " + placement.l1().id();
      case PROCESSOR -> "runs the user's code on each event";
      case PERSISTER ->
          placement.l2() == placement.l3Hot()
              ? "writes each event to the hot store"
              : "sends each event to the hot store, which is on " + placement.l3Hot().id();
      case EVENT_CHECKER -> "evaluates the rules, since useEventChecking is on";
      case WORKFLOW -> "runs two functions in turn, since triggerNotificationWorkflow is on";
      case EVENT_FEEDBACK -> "sends commands to devices, since returnFeedbackToDevice is on";
      case USER_FEEDBACK -> "the user's code that makes what devices are sent";
      case FEEDBACK_GATEWAY -> "passes L2's commands on to the devices";
      case HOT_WRITER -> "lets L2 write to the hot store, and nothing else";
      case HOT_READER -> "answers range queries on the hot store";
      case HOT_READER_LAST_ENTRY -> "answers with the newest values of the hot store";
      case HOT_TO_COLD_MOVER ->
          "moves what is older than " + days(project.config().hotDays()) + " to the cold store";
      case COLD_WRITER -> "writes chunks to the cold store";
      case COLD_READER -> "reads the cold store for the history, since history_over_tiers is on";
      case COLD_TO_ARCHIVE_MOVER ->
          "moves what is older than "
              + days(project.config().hotDays() + project.config().coldDays())
              + " to the archive";
      case ARCHIVE_WRITER -> "writes chunks to the archive";
      case ARCHIVE_READER -> "reads the archive for the history, since history_over_tiers is on";
      case HISTORY_READER -> "answers range queries over all tiers, since history_over_tiers is on";
      case DATA_CONNECTOR -> "stands in for the hot reader, which is on " + placement.l3Hot().id();
      case DATA_CONNECTOR_LAST_ENTRY ->
          "stands in for the reader of newest values, which is on " + placement.l3Hot().id();
      case TWIN_UPDATER -> "applies the newest values to the twin graph";
      case USER_PROCESSOR, EVENT_ACTION -> throw new IllegalArgumentException(kind.id());
    };
  }

  private static String days(int days) {
    return days == 1 ? "1 day" : days + " days";
  }

  private void processors() {
    for (UserCode code : project.userCode()) {
      if (code.role() == Role.PROCESSOR) {
        String device = code.name();
        String why = "the user's code for device " + device;
        FunctionKind kind = FunctionKind.USER_PROCESSOR;
        add(Names.userProcessor(twin, device), kind, why, Optional.of(code));
      }
    }
    project
        .defaultProcessor()
        .ifPresent(
            code ->
                add(
                    Names.defaultProcessor(twin),
                    FunctionKind.USER_PROCESSOR,
                    "the user's code for devices without code of their own",
                    Optional.of(code)));
  }

  private void actions() {
    for (String name : deployedActions(project)) {
      add(
          Names.eventAction(twin, name),
          FunctionKind.EVENT_ACTION,
          "the user's code for the event action " + name,
          code(Role.EVENT_ACTION, name));
    }
  }

  private void add(String name, FunctionKind kind, String purpose, Optional<UserCode> code) {
    Layer layer =
        kind == FunctionKind.HISTORY_READER && placement.l4().isEmpty()
            ? Layer.L3_HOT
            : kind.layer();
    Provider cloud = placement.of(layer).orElseThrow();
    List<Crossing> ending = crossingsTo(kind);
    String reasons =
        ending.stream().map(Crossing::why).distinct().collect(Collectors.joining(", and "));
    String why = ending.isEmpty() ? purpose : purpose + "; exposed because " + reasons;
    String cloudName = Names.cloudName(cloud, Names.Thing.FUNCTION, name);
    functions.add(
        new DeployedFunction(name, cloudName, kind, cloud, layer, !ending.isEmpty(), why, code));
  }

  private Optional<UserCode> code(Role role, String name) {
    return project.userCode().stream()
        .filter(c -> c.role() == role && (name.isEmpty() || c.name().equals(name)))
        .findFirst();
  }

  private List<Crossing> crossingsTo(FunctionKind kind) {
    return crossings.stream().filter(c -> c.receiver() == kind).toList();
  }
}
