package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The functions that the next phases of a change take away: nothing may wait for them then. */
public final class LeavingFunctions {

  private LeavingFunctions() {}

  /**
   * By the cloud that they leave.
   *
   * @param project in the layout of the change's phase
   */
  public static SortedMap<Provider, List<DeployedFunction>> of(
      Change change, PreparedProject project) {
    Topology then = change.contracted().of(project).topology();
    SortedMap<Provider, List<DeployedFunction>> leaving = new TreeMap<>();
    for (DeployedFunction function : project.topology().functions()) {
      if (then.function(function.id()).isEmpty()) {
        leaving.computeIfAbsent(function.cloud(), cloud -> new ArrayList<>()).add(function);
      }
    }
    return leaving;
  }
}
