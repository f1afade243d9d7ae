package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.condition.ComponentPaths;
import io.twinloom.model.condition.PathResolver;
import io.twinloom.model.error.ModelError;
import java.util.Collection;

/**
 * What the paths of rules mean; with a warning of what works at run time but is likely a mistake: a
 * path that is not written as in the hierarchy, and a property that is not configured.
 */
final class RulePaths {
  private final ComponentPaths paths;
  private final KnownDevices devices;

  RulePaths(ComponentPaths paths, KnownDevices devices) {
    this.paths = paths;
    this.devices = devices;
  }

  /** The paths of the condition at this place. */
  PathResolver at(Located condition, ProblemCollector problems) {
    return (component, property) -> resolve(component, property, condition, problems);
  }

  private PathResolver.Meaning resolve(
      String component, String property, Located condition, ProblemCollector problems) {
    PathResolver.Meaning meaning = paths.resolve(component, property);
    if (meaning instanceof PathResolver.Unclear unclear) {
      Collection<String> known = paths.known();
      String written =
          paths.areDevices() ? component.substring(component.indexOf('.') + 1) : component;
      return new PathResolver.Unclear(
          unclear.error(), unclear.message(), unclear.fix() + Quoting.hint(written, known));
    }
    PathResolver.OfDevice found = (PathResolver.OfDevice) meaning;
    if (found.byName()) {
      problems.warning(
          ModelError.CONDITION_PATH,
          condition,
          Quoting.quoted(component)
              + " is not a component of the hierarchy; it is taken for the device "
              + Quoting.quoted(found.device())
              + ".",
          "Write entityId.componentId.propertyName, as in the hierarchy.");
    }
    if (found.type().isEmpty() && !devices.lacks(found.device())) {
      problems.warning(
          ModelError.CONDITION_PROPERTY,
          condition,
          Quoting.quoted(property)
              + " is not a configured property of "
              + Quoting.quoted(component)
              + "; unless the device sends it or user code adds it, the rule never fires.",
          "Write a property of the device, or add it to "
              + DevicesFile.PATH
              + "."
              + Quoting.hint(property, paths.properties(component)));
    }
    return found;
  }
}
