package io.twinloom.topology;

import static io.twinloom.topology.Permission.Action.DELETE_ITEMS;
import static io.twinloom.topology.Permission.Action.DELETE_OBJECTS;
import static io.twinloom.topology.Permission.Action.FIND_DEVICES;
import static io.twinloom.topology.Permission.Action.INVOKE;
import static io.twinloom.topology.Permission.Action.KEEP_ANSWERS;
import static io.twinloom.topology.Permission.Action.KEEP_CIRCUITS;
import static io.twinloom.topology.Permission.Action.KEEP_PLANS;
import static io.twinloom.topology.Permission.Action.KEEP_RUNS;
import static io.twinloom.topology.Permission.Action.LIST_OBJECTS;
import static io.twinloom.topology.Permission.Action.NOTE_DEVICES;
import static io.twinloom.topology.Permission.Action.READ_GRAPH;
import static io.twinloom.topology.Permission.Action.READ_ITEMS;
import static io.twinloom.topology.Permission.Action.READ_OBJECTS;
import static io.twinloom.topology.Permission.Action.RESTORE_OBJECTS;
import static io.twinloom.topology.Permission.Action.RUN_WORKFLOW;
import static io.twinloom.topology.Permission.Action.SEND_COMMANDS;
import static io.twinloom.topology.Permission.Action.WRITE_GRAPH;
import static io.twinloom.topology.Permission.Action.WRITE_ITEMS;
import static io.twinloom.topology.Permission.Action.WRITE_OBJECTS;

import io.twinloom.model.EventRule;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Project;
import io.twinloom.model.function.Access;
import io.twinloom.model.function.Callee;
import io.twinloom.model.function.Existence;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.model.function.Remote;
import io.twinloom.topology.Permission.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What each function may do on its own cloud, and no more. What it does elsewhere it does through a
 * receiver, by its token: the rights of one cloud reach no other.
 */
final class Rights {
  private final Project project;
  private final List<DeployedFunction> functions;
  private final List<Store> stores;
  private final List<Topic> topics;
  private final Set<Permission> permissions = new LinkedHashSet<>();

  private Rights(
      Project project, List<DeployedFunction> functions, List<Store> stores, List<Topic> topics) {
    this.project = project;
    this.functions = functions;
    this.stores = stores;
    this.topics = topics;
  }

  static List<Permission> of(
      Project project, List<DeployedFunction> functions, List<Store> stores, List<Topic> topics) {
    Rights rights = new Rights(project, functions, stores, topics);
    functions.forEach(rights::grant);
    return List.copyOf(rights.permissions);
  }

  private void grant(DeployedFunction f) {
    FunctionSpec spec = FunctionSpec.of(f.kind());
    spec.needs().forEach((need, access) -> store(f, need, access));
    TwinCopying copying = new TwinCopying(project);
    spec.invokes().stream()
        .filter(callee -> copying.isInvoked(f, callee.kind()))
        .forEach(callee -> invoke(f, callee));
    for (Remote remote : spec.sends()) {
      if (remote.redelivers() && sendsFar(f, remote)) {
        allow(f, INVOKE, f.name());
      }
    }
    if (spec.needs(Need.DEVICES)) {
      commands(f);
    }
    devices(f, spec);
    if (spec.needs(Need.MOVE_PLANS)) {
      allow(f, KEEP_PLANS, f.name());
    }
    if (spec.needs(Need.RECORDED_ANSWERS)) {
      allow(f, KEEP_ANSWERS, f.name());
    }
    if (spec.queued() && spec.sends().stream().anyMatch(remote -> sendsFar(f, remote))) {
      allow(f, KEEP_CIRCUITS, f.name());
    }
    if (spec.queued()) {
      allow(f, KEEP_RUNS, f.name());
    }
  }

  /** Where devices are let in on several clouds, a command goes by where they were seen. */
  private void devices(DeployedFunction f, FunctionSpec spec) {
    Set<Access> access = spec.needs().getOrDefault(Need.SEEN_DEVICES, Set.of());
    if (!access.isEmpty() && project.legs().isOnSeveral(Layer.L1, project.placement())) {
      if (access.contains(Access.WRITE)) {
        allow(f, NOTE_DEVICES, f.name());
      } else if (project.placement().l1() == f.cloud()) {
        allow(f, FIND_DEVICES, f.name());
      }
    }
  }

  private boolean sendsFar(DeployedFunction f, Remote remote) {
    return Crossings.sendsFar(f.kind(), f.cloud(), remote.receiver(), project);
  }

  private void invoke(DeployedFunction f, Callee callee) {
    switch (callee) {
      case Callee.OfRule actions -> actions(f, actions.action());
      case Callee.Workflow workflow -> invoke(f, RUN_WORKFLOW, workflow.kind());
      case Callee.Named named -> invoke(f, INVOKE, named.kind());
      case Callee.Suffixed suffixed -> invoke(f, INVOKE, suffixed.kind());
      case Callee.ByConvention other -> invoke(f, INVOKE, other.kind());
    }
  }

  private void invoke(DeployedFunction f, Action how, FunctionKind kind) {
    for (DeployedFunction callee : functions) {
      if (callee.kind() == kind && callee.cloud() == f.cloud()) {
        allow(f, how, callee.name());
      }
    }
  }

  private void actions(DeployedFunction f, EventRule.ActionType type) {
    if (project.features().useEventChecking()) {
      for (EventRule rule : project.rules()) {
        if (rule.action().type() == type) {
          actions(f, rule.action());
        }
      }
    }
  }

  private void actions(DeployedFunction f, EventRule.Action action) {
    for (String name : TwinFunctions.functionNames(project, action)) {
      boolean ours = action.autoDeploy();
      allow(f, INVOKE, ours ? Names.eventAction(project.config().name(), name) : name);
    }
  }

  private void commands(DeployedFunction f) {
    for (Topic topic : topics) {
      if (topic.kind() == Topic.Kind.COMMANDS && topic.cloud() == f.cloud()) {
        allow(f, SEND_COMMANDS, topic.name());
      }
    }
  }

  private void store(DeployedFunction f, Need need, Set<Access> access) {
    for (Store store : stores) {
      if (store.kind().need() == need && store.cloud() == f.cloud()) {
        access.stream()
            .filter(how -> mayUse(f, need, how))
            .forEach(how -> allow(f, action(store.kind(), how), store.name()));
      }
    }
  }

  /**
   * A store that takes nothing more is for the functions of its own layer alone, and one that is
   * only kept for none; what copies uses the store that it copies.
   */
  private boolean mayUse(DeployedFunction f, Need need, Access how) {
    Layer layer = need.layer().orElseThrow();
    boolean own = layer == f.layer();
    if (FunctionSpec.of(f.kind()).existence() instanceof Existence.DuringCopy && !own) {
      return false;
    }
    return project
        .legs()
        .of(layer)
        .on(f.cloud())
        .map(leg -> leg.isActive() && (!leg.fenced() || own && how != Access.WRITE))
        .orElse(true);
  }

  private static Action action(Store.Kind kind, Access access) {
    return switch (kind) {
      case HOT ->
          switch (access) {
            case LIST, READ, RESTORE -> READ_ITEMS;
            case WRITE -> WRITE_ITEMS;
            case DELETE -> DELETE_ITEMS;
          };
      case COLD, ARCHIVE ->
          switch (access) {
            case LIST -> LIST_OBJECTS;
            case READ -> READ_OBJECTS;
            case WRITE -> WRITE_OBJECTS;
            case DELETE -> DELETE_OBJECTS;
            case RESTORE -> RESTORE_OBJECTS;
          };
      case TWIN_GRAPH ->
          switch (access) {
            case LIST, READ, RESTORE -> READ_GRAPH;
            case WRITE, DELETE -> WRITE_GRAPH;
          };
    };
  }

  private void allow(DeployedFunction f, Action action, String target) {
    permissions.add(new Permission(f.cloud(), f.name(), action, target));
  }
}
