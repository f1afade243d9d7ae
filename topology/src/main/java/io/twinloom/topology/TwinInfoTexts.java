package io.twinloom.topology;

import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.FunctionSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code DIGITAL_TWIN_INFO} of a twin's functions: each text is made once. Not for threads. */
final class TwinInfoTexts {

  /** The file of a package that has the text of all functions which know their twin alike. */
  static final String FILE = "digital_twin_info.json";

  private final Project project;
  private final SortedMap<String, String> former;
  private final Map<Known, String> texts = new HashMap<>();

  private record FunctionPlace(Layer layer, Provider cloud) {}

  /** What functions that know the same have alike. */
  private record Known(Optional<FunctionPlace> place, SortedMap<String, String> former) {}

  /**
   * @param former functions that the twin has no more and that are still there
   */
  TwinInfoTexts(Project project, List<DeployedFunction> former) {
    this.project = project;
    this.former = processorsOfRetired(project, former);
  }

  /** The functions with the code that retired devices had, by the devices. */
  private static SortedMap<String, String> processorsOfRetired(
      Project project, List<DeployedFunction> former) {
    Set<String> retired = project.retired().stream().map(Device::id).collect(Collectors.toSet());
    SortedMap<String, String> processors = new TreeMap<>();
    for (DeployedFunction function : former) {
      function
          .userCode()
          .filter(code -> code.role() == UserCode.Role.PROCESSOR)
          .filter(code -> retired.contains(code.name()))
          .ifPresent(code -> processors.put(code.name(), function.name()));
    }
    return processors;
  }

  /** The file of a package that has the text of a function. */
  static String file(Project project, DeployedFunction function) {
    boolean alone = project.legs().tiers().isEmpty();
    boolean users = FunctionSpec.of(function.kind()).runs() == FunctionSpec.Runs.USER_CODE;
    return alone || users
        ? FILE
        : "digital_twin_info-" + function.layer().name().toLowerCase(Locale.ROOT) + ".json";
  }

  /**
   * That of a function; all whose layer has one store only have the same, but for processors while
   * code of retired devices is there: these alone call it.
   */
  String of(DeployedFunction function) {
    return of(
        function,
        function.kind() == FunctionKind.PROCESSOR ? former : Collections.emptySortedMap());
  }

  /** That of the file in a package, which several functions have: that code is in it for all. */
  String ofFile(DeployedFunction function) {
    return of(function, former);
  }

  private String of(DeployedFunction function, SortedMap<String, String> processors) {
    boolean alone = project.legs().tiers().isEmpty();
    Known known =
        new Known(
            alone
                ? Optional.empty()
                : Optional.of(new FunctionPlace(function.layer(), function.cloud())),
            processors);
    return texts.computeIfAbsent(
        known,
        k ->
            alone
                ? TwinInfo.text(project, k.former())
                : TwinInfo.text(project, function, k.former()));
  }
}
