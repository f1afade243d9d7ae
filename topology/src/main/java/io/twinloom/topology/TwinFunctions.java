package io.twinloom.topology;

import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Role;
import io.twinloom.model.function.FunctionSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which functions a project's twin has: the rows that hold for it. */
final class TwinFunctions {
  private final Project project;
  private final String twin;
  private final ExistsWhen exists;
  private final List<Crossing> crossings;
  private final List<DeployedFunction> functions = new ArrayList<>();

  private TwinFunctions(Project project, List<Crossing> crossings) {
    this.project = project;
    this.twin = project.config().name();
    this.exists = new ExistsWhen(project);
    this.crossings = crossings;
  }

  static List<DeployedFunction> of(Project project, List<Crossing> crossings) {
    TwinFunctions made = new TwinFunctions(project, crossings);
    for (FunctionKind kind : FunctionKind.values()) {
      FunctionSpec spec = FunctionSpec.of(kind);
      if (spec.code().isPresent()) {
        made.userCode(spec, spec.code().get());
      } else {
        made.one(spec, Optional.empty());
      }
    }
    return List.copyOf(made.functions);
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

  private void userCode(FunctionSpec spec, Role role) {
    switch (role) {
      case PROCESSOR, DEFAULT_PROCESSOR -> processors(spec);
      case EVENT_ACTION -> actions(spec);
      case EVENT_FEEDBACK -> one(spec, code(role, ""));
    }
  }

  private void one(FunctionSpec spec, Optional<UserCode> code) {
    for (Provider cloud : exists.clouds(spec.kind())) {
      add(Names.function(twin, spec.kind()), spec, cloud, Purposes.of(spec, project), code);
    }
  }

  private void processors(FunctionSpec spec) {
    for (UserCode code : project.userCode()) {
      if (code.role() == Role.PROCESSOR) {
        String device = code.name();
        String why = "the user's code for device " + device;
        add(Names.userProcessor(twin, device), spec, why, Optional.of(code));
      }
    }
    project
        .defaultProcessor()
        .ifPresent(
            code ->
                add(
                    Names.defaultProcessor(twin),
                    spec,
                    "the user's code for devices without code of their own",
                    Optional.of(code)));
  }

  private void actions(FunctionSpec spec) {
    for (String name : deployedActions(project)) {
      add(
          Names.eventAction(twin, name),
          spec,
          "the user's code for the event action " + name,
          code(Role.EVENT_ACTION, name));
    }
  }

  /** Adds it on each cloud that has functions of its layer. */
  private void add(String name, FunctionSpec spec, String purpose, Optional<UserCode> code) {
    exists.carriers(spec.layer()).forEach(cloud -> add(name, spec, cloud, purpose, code));
  }

  private void add(
      String name, FunctionSpec spec, Provider cloud, String purpose, Optional<UserCode> code) {
    Layer layer = exists.layer(spec);
    List<Crossing> ending = crossingsTo(spec.kind(), cloud);
    String reasons =
        ending.stream().map(Crossing::why).distinct().collect(Collectors.joining(", and "));
    String why = ending.isEmpty() ? purpose : purpose + "; exposed because " + reasons;
    String cloudName = Names.cloudName(cloud, Names.Thing.FUNCTION, name);
    functions.add(
        new DeployedFunction(
            name, cloudName, spec.kind(), cloud, layer, !ending.isEmpty(), why, code));
  }

  private Optional<UserCode> code(Role role, String name) {
    return project.userCode().stream()
        .filter(c -> c.role() == role && (name.isEmpty() || c.name().equals(name)))
        .findFirst();
  }

  private List<Crossing> crossingsTo(FunctionKind kind, Provider cloud) {
    return crossings.stream().filter(c -> c.receiver() == kind && c.to() == cloud).toList();
  }
}
