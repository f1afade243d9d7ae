package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.AllowedRemovals;
import io.twinloom.deployer.terraform.AllowedRemovals.Leaving;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one phase of a change may remove: what the twin has in the phase before and not in its own.
 * A plan that removes or replaces anything else is not applied.
 *
 * @param former versions of the project whose archives go
 * @param confirmed the stores that may go with what they hold, as {@code CLOUD:NAME}
 * @param emptied what held data that was taken elsewhere, named alike
 */
record PhaseRemovals(
    PreparedProject before,
    PreparedProject after,
    Set<String> former,
    Set<String> confirmed,
    Set<String> emptied) {

  /** Stops what would remove anything else. */
  Approval approval(String phase, Collection<CloudSupport> clouds) {
    Set<String> uploads = new TreeSet<>();
    clouds.forEach(cloud -> uploads.addAll(cloud.terraform().uploads()));
    Set<String> removable = new TreeSet<>(confirmed);
    removable.addAll(emptied);
    AllowedRemovals allowed = new AllowedRemovals(leaving(), removable, uploads);
    return (work, changes) -> {
      PlannedChanges known = changes.losing(CloudChange.lost(work, changes));
      List<Change> violations = allowed.violations(known);
      if (!violations.isEmpty()) {
        throw refused(phase, known, violations);
      }
    };
  }

  private static TwinloomException refused(
      String phase, PlannedChanges changes, List<Change> violations) {
    String stores =
        changes.lost().stream()
            .filter(data -> violations.stream().anyMatch(v -> v.address().equals(data.address())))
            .map(data -> data.id())
            .collect(Collectors.joining(","));
    return new TwinloomException(
        DeployerError.CLOUD_UNPLANNED,
        "The phase \""
            + phase
            + "\" would remove "
            + PlannedChanges.words(violations)
            + ". Nothing was changed.",
        violations.getFirst().address(),
        stores.isEmpty()
            ? DeployerError.CLOUD_UNPLANNED.fix()
            : "Deploy with --delete-data=" + stores + " where what they hold may go.");
  }

  Map<Provider, Leaving> leaving() {
    Map<Provider, Leaving> leaving = new TreeMap<>();
    for (Provider cloud : clouds(before)) {
      boolean all = !clouds(after).contains(cloud);
      leaving.put(cloud, new Leaving(names(cloud), unexposed(cloud), all));
    }
    return leaving;
  }

  /** A view may be all that is on a cloud. */
  private static Set<Provider> clouds(PreparedProject project) {
    Set<Provider> clouds = new TreeSet<>(CloudTarget.cloudsOf(project.topology()));
    clouds.addAll(carriers(Layer.L5, project));
    return clouds;
  }

  private Set<String> names(Provider cloud) {
    Topology one = before.topology();
    Topology other = after.topology();
    Set<String> names = new TreeSet<>(former);
    for (DeployedFunction f : one.functions()) {
      if (f.cloud() == cloud && other.function(f.id()).isEmpty()) {
        names.add(f.name());
        names.add(f.cloudName());
        names.add(cloud.id() + "/" + f.name());
      }
    }
    if (isQueued(one, cloud) && !isQueued(other, cloud)) {
      // Where queues put aside what no function could handle.
      names.add(one.twin() + "-dead-letters");
    }
    for (Schedule schedule : one.schedules()) {
      if (schedule.cloud() == cloud && !other.schedules().contains(schedule)) {
        names.add(schedule.name());
      }
    }
    for (Store store : one.stores()) {
      if (store.cloud() == cloud && !other.stores().contains(store)) {
        names.add(store.name());
        names.add(store.kind().name().toLowerCase(Locale.ROOT));
      }
    }
    for (Layer layer : Layer.values()) {
      if (carriers(layer, before).contains(cloud) && !carriers(layer, after).contains(cloud)) {
        names.addAll(own(layer));
      }
    }
    return names;
  }

  /** What a layer has beside functions, schedules and stores, as every cloud's HCL calls it. */
  private static Set<String> own(Layer layer) {
    return switch (layer) {
      case L1 -> Set.of("device");
      case L4 -> Set.of("twin", "scene");
      case L5 -> Set.of("view");
      case L2, L3_HOT, L3_COLD, L3_ARCHIVE -> Set.of();
    };
  }

  private static List<Provider> carriers(Layer layer, PreparedProject project) {
    return project.project().legs().carriers(layer, project.project().placement());
  }

  private static boolean isQueued(Topology topology, Provider cloud) {
    return topology.functions().stream()
        .anyMatch(f -> f.cloud() == cloud && FunctionSpec.of(f.kind()).queued());
  }

  private Set<String> unexposed(Provider cloud) {
    return before.topology().functions().stream()
        .filter(f -> f.cloud() == cloud && f.exposed())
        .filter(f -> after.topology().function(f.id()).filter(DeployedFunction::exposed).isEmpty())
        .map(DeployedFunction::name)
        .collect(Collectors.toSet());
  }
}
