package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long functions run on with the settings that they began with, once a cloud has given them
 * others: as long as the slowest of those whose settings differ may take. The next phase begins
 * only then.
 */
final class SettlingTime {

  /** So long a device may stay connected that is not let in any more. */
  private static final Duration DEVICES = Duration.ofMinutes(5);

  private SettlingTime() {}

  /** Between two layouts of a twin, of which the second was just applied. */
  static Duration between(PreparedProject before, PreparedProject after) {
    Map<FunctionId, List<Object>> former = settings(before);
    Map<FunctionId, List<Object>> present = settings(after);
    Set<FunctionKind> idle = before.project().legs().suspended();
    return before.topology().functions().stream()
        .filter(f -> !idle.contains(f.kind()) && !FunctionSpec.of(f.kind()).isCopier())
        .filter(f -> !Objects.equals(former.get(f.id()), present.get(f.id())))
        .map(f -> Duration.ofSeconds(FunctionSpec.of(f.kind()).size().timeoutSeconds()))
        .reduce(
            closes(before, after) ? DEVICES : Duration.ZERO,
            (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /** Whether devices are not let in any more on a cloud. */
  private static boolean closes(PreparedProject before, PreparedProject after) {
    return after.project().legs().of(Layer.L1).others().stream()
        .anyMatch(leg -> leg.fenced() && !before.project().legs().isFenced(Layer.L1, leg.cloud()));
  }

  /** What a mover takes from and gives to stands in its variables. */
  private static boolean isMover(DeployedFunction function) {
    return FunctionSpec.of(function.kind()).needs(Need.MOVE_PLANS);
  }

  private static Map<FunctionId, List<Object>> settings(PreparedProject project) {
    Topology topology = project.topology();
    // Whose token it is makes no difference here, as tokens are switched apart.
    Map<String, String> tokens =
        topology.connections().stream().collect(Collectors.toMap(Connection::id, Connection::id));
    Map<Provider, Map<String, String>> known = new HashMap<>();
    for (Provider cloud : CloudTarget.cloudsOf(topology)) {
      known.put(cloud, FunctionSettings.twinInfoFiles(project.project(), topology, cloud));
    }
    Map<FunctionId, List<Object>> settings = new HashMap<>();
    FunctionSettings.apart(project.project(), topology, tokens)
        .forEach(
            (id, parts) -> {
              DeployedFunction function = topology.function(id).orElseThrow();
              settings.put(
                  id,
                  List.of(
                      parts.open(),
                      parts.addresses().entrySet().stream()
                          .map(a -> a.getKey() + " " + a.getValue().receiver().id())
                          .toList(),
                      isMover(function)
                          ? ""
                          : known
                              .getOrDefault(id.cloud(), Map.of())
                              .getOrDefault(
                                  FunctionSettings.twinInfoFile(project.project(), function), "")));
            });
    return settings;
  }
}
