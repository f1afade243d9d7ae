package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.tier.CopyRun;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How events are handled otherwise here than on the clouds that are emulated. */
final class LocalEvents {

  private LocalEvents() {}

  /** The actions that others deploy on a cloud, and whose code the project has all the same. */
  static List<String> foreignWithCode(LocalTwinSpec twin) {
    Set<String> ready =
        twin.userFunctions().stream().map(UserFunction::name).collect(Collectors.toSet());
    return Topology.foreignActions(twin.project()).stream().filter(ready::contains).toList();
  }

  /** The settings with what only the local target has. */
  static Map<FunctionId, Map<String, String>> settings(
      LocalTwinSpec twin, Topology topology, Map<FunctionId, Map<String, String>> settings) {
    Map<FunctionId, Map<String, String>> all = new LinkedHashMap<>(settings);
    List<DeployedFunction> copiers =
        topology.functions().stream().filter(f -> FunctionSpec.of(f.kind()).isCopier()).toList();
    for (DeployedFunction copier : copiers) {
      // So that who waits for it sees how far it is, and can stop it.
      all.computeIfPresent(
          copier.id(),
          (id, own) -> {
            Map<String, String> limited = new LinkedHashMap<>(own);
            limited.put(CopyRun.LIMIT, "5");
            return limited;
          });
    }
    for (DeployedFunction checker : topology.functions(FunctionKind.EVENT_CHECKER)) {
      all.put(checker.id(), ofChecker(checker, twin, topology, settings));
    }
    return all;
  }

  private static Map<String, String> ofChecker(
      DeployedFunction checker,
      LocalTwinSpec twin,
      Topology topology,
      Map<FunctionId, Map<String, String>> settings) {
    Map<String, String> own = new LinkedHashMap<>(settings.get(checker.id()));
    List<String> absent = new ArrayList<>(Topology.foreignActions(twin.project()));
    absent.removeAll(foreignWithCode(twin));
    absent.removeIf(name -> topology.function(name).isPresent());
    if (!absent.isEmpty()) {
      own.put("ABSENT_FUNCTIONS", String.join(",", absent));
    }
    Optional<String> setting = checker.cloud().conventions().workflowSetting();
    Optional<DeployedFunction> workflow = topology.function(FunctionKind.WORKFLOW);
    if (setting.isPresent() && workflow.isPresent()) {
      own.put(setting.get(), workflow.get().name());
    }
    return own;
  }

  /** Says what runs otherwise here. */
  static void warnings(Project project, InvocationLog log) {
    ownWorkflow(project)
        .ifPresent(
            file ->
                log.note(
                    Level.WARN,
                    "",
                    "",
                    file + " is for its cloud: here the generated workflow runs.",
                    Map.of()));
  }

  /** The user's own workflow, which would be deployed on layer 2's cloud. */
  private static Optional<String> ownWorkflow(Project project) {
    return project.features().triggerNotificationWorkflow()
        ? Optional.ofNullable(project.cloudSettings().workflows().get(project.placement().l2()))
        : Optional.empty();
  }
}
