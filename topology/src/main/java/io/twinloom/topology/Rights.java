package io.twinloom.topology;

import static io.twinloom.topology.Permission.Action.DELETE_ITEMS;
import static io.twinloom.topology.Permission.Action.DELETE_OBJECTS;
import static io.twinloom.topology.Permission.Action.INVOKE;
import static io.twinloom.topology.Permission.Action.KEEP_ANSWERS;
import static io.twinloom.topology.Permission.Action.KEEP_PLANS;
import static io.twinloom.topology.Permission.Action.LIST_OBJECTS;
import static io.twinloom.topology.Permission.Action.READ_GRAPH;
import static io.twinloom.topology.Permission.Action.READ_ITEMS;
import static io.twinloom.topology.Permission.Action.READ_OBJECTS;
import static io.twinloom.topology.Permission.Action.RUN_WORKFLOW;
import static io.twinloom.topology.Permission.Action.SEND_COMMANDS;
import static io.twinloom.topology.Permission.Action.WRITE_GRAPH;
import static io.twinloom.topology.Permission.Action.WRITE_ITEMS;
import static io.twinloom.topology.Permission.Action.WRITE_OBJECTS;

import io.twinloom.model.EventRule;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Names;
import io.twinloom.model.Project;
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
    switch (f.kind()) {
      case DISPATCHER -> {
        boolean remote = project.placement().l1() != project.placement().l2();
        invoke(f, remote ? FunctionKind.CONNECTOR : FunctionKind.PROCESSOR);
      }
      case INGESTION -> {
        invoke(f, FunctionKind.PROCESSOR);
        allow(f, KEEP_ANSWERS, f.name());
      }
      case PROCESSOR -> {
        invoke(f, FunctionKind.USER_PROCESSOR);
        invoke(f, FunctionKind.PERSISTER);
      }
      case PERSISTER -> {
        store(f, Store.Kind.HOT, WRITE_ITEMS);
        invoke(f, FunctionKind.EVENT_CHECKER);
        invoke(f, FunctionKind.TWIN_UPDATER);
        if (Crossings.pushesFar(project.placement())) {
          // What a twin on another cloud does not take now, the persister hands to itself.
          allow(f, INVOKE, f.name());
        }
      }
      case EVENT_CHECKER -> eventChecker(f);
      case WORKFLOW -> workflow(f);
      case EVENT_FEEDBACK -> {
        invoke(f, FunctionKind.USER_FEEDBACK);
        commands(f);
      }
      case FEEDBACK_GATEWAY -> {
        commands(f);
        allow(f, KEEP_ANSWERS, f.name());
      }
      case HOT_WRITER -> store(f, Store.Kind.HOT, WRITE_ITEMS);
      case HOT_READER, HOT_READER_LAST_ENTRY -> store(f, Store.Kind.HOT, READ_ITEMS);
      case HOT_TO_COLD_MOVER -> {
        store(f, Store.Kind.HOT, READ_ITEMS, DELETE_ITEMS);
        store(f, Store.Kind.COLD, WRITE_OBJECTS, READ_OBJECTS);
        allow(f, KEEP_PLANS, f.name());
      }
      case COLD_WRITER -> store(f, Store.Kind.COLD, WRITE_OBJECTS, READ_OBJECTS);
      case COLD_READER -> store(f, Store.Kind.COLD, LIST_OBJECTS, READ_OBJECTS);
      case COLD_TO_ARCHIVE_MOVER -> {
        store(f, Store.Kind.COLD, LIST_OBJECTS, READ_OBJECTS, DELETE_OBJECTS);
        store(f, Store.Kind.ARCHIVE, WRITE_OBJECTS, READ_OBJECTS);
        allow(f, KEEP_PLANS, f.name());
      }
      case ARCHIVE_WRITER -> store(f, Store.Kind.ARCHIVE, WRITE_OBJECTS, READ_OBJECTS);
      case ARCHIVE_READER -> store(f, Store.Kind.ARCHIVE, LIST_OBJECTS, READ_OBJECTS);
      case HISTORY_READER -> {
        invoke(f, FunctionKind.HOT_READER);
        invoke(f, FunctionKind.COLD_READER);
        invoke(f, FunctionKind.ARCHIVE_READER);
      }
      case TWIN_UPDATER -> store(f, Store.Kind.TWIN_GRAPH, READ_GRAPH, WRITE_GRAPH);
      case CONNECTOR,
          USER_PROCESSOR,
          EVENT_ACTION,
          USER_FEEDBACK,
          DATA_CONNECTOR,
          DATA_CONNECTOR_LAST_ENTRY -> {}
    }
  }

  private void eventChecker(DeployedFunction f) {
    for (EventRule rule : project.rules()) {
      if (rule.action().type() == EventRule.ActionType.FUNCTION) {
        actions(f, rule.action());
      }
    }
    for (DeployedFunction workflow : onSameCloud(f, FunctionKind.WORKFLOW)) {
      allow(f, RUN_WORKFLOW, workflow.name());
    }
    invoke(f, FunctionKind.EVENT_FEEDBACK);
  }

  private void workflow(DeployedFunction f) {
    for (EventRule rule : project.rules()) {
      if (rule.action().type() == EventRule.ActionType.WORKFLOW) {
        actions(f, rule.action());
      }
    }
  }

  private void actions(DeployedFunction f, EventRule.Action action) {
    if (project.features().useEventChecking()) {
      for (String name : FunctionTable.functionNames(project, action)) {
        boolean ours = action.autoDeploy();
        allow(f, INVOKE, ours ? Names.eventAction(project.config().name(), name) : name);
      }
    }
  }

  private void commands(DeployedFunction f) {
    for (Topic topic : topics) {
      if (topic.kind() == Topic.Kind.COMMANDS && topic.cloud() == f.cloud()) {
        allow(f, SEND_COMMANDS, topic.name());
      }
    }
  }

  private void invoke(DeployedFunction f, FunctionKind kind) {
    onSameCloud(f, kind).forEach(callee -> allow(f, INVOKE, callee.name()));
  }

  private void store(DeployedFunction f, Store.Kind kind, Action... actions) {
    for (Store store : stores) {
      if (store.kind() == kind && store.cloud() == f.cloud()) {
        for (Action action : actions) {
          allow(f, action, store.name());
        }
      }
    }
  }

  private List<DeployedFunction> onSameCloud(DeployedFunction f, FunctionKind kind) {
    return functions.stream()
        .filter(other -> other.kind() == kind && other.cloud() == f.cloud())
        .toList();
  }

  private void allow(DeployedFunction f, Action action, String target) {
    permissions.add(new Permission(f.name(), action, target));
  }
}
