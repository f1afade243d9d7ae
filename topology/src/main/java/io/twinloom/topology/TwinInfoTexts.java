package io.twinloom.topology;

import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code DIGITAL_TWIN_INFO} of a twin's functions: each text is made once. Not for threads. */
final class TwinInfoTexts {

  private final Project project;
  private final Map<Optional<FunctionPlace>, String> texts = new HashMap<>();

  private record FunctionPlace(Layer layer, Provider cloud) {}

  TwinInfoTexts(Project project) {
    this.project = project;
  }

  /** That of a function; all whose layer has one store only have the same. */
  String of(DeployedFunction function) {
    boolean alone = project.legs().tiers().isEmpty();
    return texts.computeIfAbsent(
        alone
            ? Optional.empty()
            : Optional.of(new FunctionPlace(function.layer(), function.cloud())),
        place -> alone ? TwinInfo.text(project) : TwinInfo.text(project, function));
  }
}
