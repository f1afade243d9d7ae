package io.twinloom.topology;

import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code DIGITAL_TWIN_INFO} of a twin's functions: each text is made once. Not for threads. */
final class TwinInfoTexts {

  /** The file of a package that has the text of all functions which know their twin alike. */
  static final String FILE = "digital_twin_info.json";

  private final Project project;
  private final Map<Optional<FunctionPlace>, String> texts = new HashMap<>();

  private record FunctionPlace(Layer layer, Provider cloud) {}

  TwinInfoTexts(Project project) {
    this.project = project;
  }

  /** The file of a package that has the text of a function. */
  static String file(Project project, DeployedFunction function) {
    boolean alone = project.legs().tiers().isEmpty();
    boolean users = FunctionSpec.of(function.kind()).runs() == FunctionSpec.Runs.USER_CODE;
    return alone || users
        ? FILE
        : "digital_twin_info-" + function.layer().name().toLowerCase(Locale.ROOT) + ".json";
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
