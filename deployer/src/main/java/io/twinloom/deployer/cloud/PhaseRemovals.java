package io.twinloom.deployer.cloud;

import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.AllowedRemovals;
import io.twinloom.deployer.terraform.AllowedRemovals.Leaving;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
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
 * What one phase of a change may remove: what the topology of the phase before has and its own has
 * not. A plan that removes or replaces anything else is not applied.
 *
 * @param former versions of the project whose archives go
 * @param confirmed the stores that may go with what they hold, as {@code CLOUD:NAME}
 * @param emptied what held data that was taken elsewhere, named alike
 */
record PhaseRemovals(
    Topology before,
    Topology after,
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
    for (Provider cloud : CloudTarget.cloudsOf(before)) {
      boolean all = !CloudTarget.cloudsOf(after).contains(cloud);
      leaving.put(cloud, new Leaving(names(cloud), unexposed(cloud), all));
    }
    return leaving;
  }

  private Set<String> names(Provider cloud) {
    Set<String> names = new TreeSet<>(former);
    for (DeployedFunction f : before.functions()) {
      if (f.cloud() == cloud && after.function(f.id()).isEmpty()) {
        names.add(f.name());
        names.add(f.cloudName());
        names.add(cloud.id() + "/" + f.name());
      }
    }
    for (Schedule schedule : before.schedules()) {
      if (schedule.cloud() == cloud && !after.schedules().contains(schedule)) {
        names.add(schedule.name());
      }
    }
    for (Store store : before.stores()) {
      if (store.cloud() == cloud && !after.stores().contains(store)) {
        names.add(store.name());
        names.add(store.kind().name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private Set<String> unexposed(Provider cloud) {
    return before.functions().stream()
        .filter(f -> f.cloud() == cloud && f.exposed())
        .filter(f -> after.function(f.id()).filter(DeployedFunction::exposed).isEmpty())
        .map(DeployedFunction::name)
        .collect(Collectors.toSet());
  }
}
