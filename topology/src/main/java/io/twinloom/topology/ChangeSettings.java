package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.function.FunctionSpec;
import java.util.Map;

/** The settings by which a function does something else because of a change of the twin. */
final class ChangeSettings {

  private ChangeSettings() {}

  static void put(Project project, DeployedFunction function, Map<String, String> own) {
    Legs legs = project.legs();
    if (legs.suspended().contains(function.kind())) {
      own.put("MOVER_SUSPENDED", "its source, its target or its settings are being changed");
    }
    if (function.kind() == FunctionKind.STORE_COPIER) {
      own.put("COPY_STORE", function.layer().tier().orElseThrow());
    }
    if (function.kind() == FunctionKind.TWIN_COPIER) {
      own.put("COPY_SOURCE", source(project, function));
    }
    if (function.kind() == FunctionKind.DISPATCHER
        && legs.isOnSeveral(Layer.L1, project.placement())) {
      own.put("NOTE_DEVICES", "true");
    }
    boolean writes =
        FunctionSpec.of(function.kind()).receiver().filter(r -> !r.isReader()).isPresent();
    if (writes && legs.isFenced(function.layer(), function.cloud())) {
      own.put("STORE_MOVED_TO", project.placement().of(function.layer()).orElseThrow().id());
    }
  }

  /** What a twin's newest values are taken from. */
  private static String source(Project project, DeployedFunction copier) {
    if (copier.layer() == Layer.L4) {
      return "graph";
    }
    return project.config().historyOverTiers() ? "history" : "hot";
  }
}
