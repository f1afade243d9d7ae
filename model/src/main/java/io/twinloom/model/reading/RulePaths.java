package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.condition.ComponentPaths;
import io.twinloom.model.condition.PathResolver;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the paths of rules mean, checked more strictly than at run time: a property that is not
 * configured is an error, unless the device has user code, which may add it.
 */
final class RulePaths {
  private final ComponentPaths paths;
  private final KnownDevices devices;
  private final Set<String> withCode;
  private final boolean defaultCode;

  /**
   * @param withCode the devices that have a processor of their own
   * @param defaultCode whether the others have one
   */
  RulePaths(ComponentPaths paths, KnownDevices devices, Set<String> withCode, boolean defaultCode) {
    this.paths = paths;
    this.devices = devices;
    this.withCode = withCode;
    this.defaultCode = defaultCode;
  }

  /** The paths of the condition at this place. */
  PathResolver at(Located condition, ProblemCollector problems) {
    return (component, property) -> resolve(component, property, condition, problems);
  }

  private PathResolver.Meaning resolve(
      String component, String property, Located condition, ProblemCollector problems) {
    PathResolver.Meaning meaning = paths.resolve(component, property);
    if (meaning instanceof PathResolver.Unclear unclear) {
      List<String> known = new ArrayList<>();
      for (String path : paths.known()) {
        known.add(path);
      }
      String written =
          paths.areDevices() ? component.substring(component.indexOf('.') + 1) : component;
      return new PathResolver.Unclear(
          unclear.error(), unclear.message(), unclear.fix() + Quoting.hint(written, known));
    }
    PathResolver.OfDevice found = (PathResolver.OfDevice) meaning;
    if (found.type().isPresent() || devices.lacks(found.device())) {
      return found;
    }
    List<String> known = paths.properties(component);
    String what = "\"" + property + "\" is not a configured property of \"" + component + "\"";
    String fix =
        "Write a property of the device, or add it to "
            + DevicesFile.PATH
            + "."
            + Quoting.hint(property, known);
    if (!defaultCode && !withCode.contains(found.device())) {
      return new PathResolver.Unclear(ModelError.CONDITION_PROPERTY, what + ".", fix);
    }
    problems.warning(
        ModelError.CONDITION_PROPERTY,
        condition,
        what + "; unless user code adds it, the rule never" + " fires.",
        fix);
    return found;
  }
}
