package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Provider;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The user functions that a version of the project has no more: those of removed devices and
 * actions. They stay until nothing waits for them; nothing that comes anew has them run. Pure.
 */
public final class LeavingCode {

  private LeavingCode() {}

  /** Which these are, by the cloud that they are on. */
  public static SortedMap<Provider, List<DeployedFunction>> of(
      PreparedProject before, PreparedProject after) {
    SortedMap<Provider, List<DeployedFunction>> leaving = new TreeMap<>();
    for (DeployedFunction function : before.topology().functions()) {
      if (function.userCode().isPresent() && after.topology().function(function.id()).isEmpty()) {
        leaving.computeIfAbsent(function.cloud(), cloud -> new ArrayList<>()).add(function);
      }
    }
    return leaving;
  }

  /** The version that comes, with the functions that leave it, which keep what they need. */
  public static PreparedProject keptIn(PreparedProject before, PreparedProject after) {
    List<DeployedFunction> leaving =
        of(before, after).values().stream().flatMap(List::stream).toList();
    List<PreparedCode> code = new ArrayList<>(after.code());
    leaving.forEach(function -> before.codeOf(function).ifPresent(code::add));
    return after.with(withFunctions(before.topology(), after.topology(), leaving), code);
  }

  private static Topology withFunctions(
      Topology before, Topology after, List<DeployedFunction> leaving) {
    Set<String> names = new HashSet<>();
    leaving.forEach(function -> names.add(function.name()));
    return after.with(
        Stream.of(after.functions(), leaving)
            .flatMap(List::stream)
            .sorted(Comparator.comparing(DeployedFunction::kind))
            .toList(),
        Stream.concat(
                after.permissions().stream(),
                before.permissions().stream().filter(p -> isOf(p, names, after)))
            .distinct()
            .toList());
  }

  /** What a function may do that leaves, and who may still call it while its last runs end. */
  private static boolean isOf(Permission permission, Set<String> names, Topology after) {
    boolean calls =
        permission.action().isOnFunction()
            && names.contains(permission.target())
            && after.function(permission.id()).isPresent();
    return names.contains(permission.function()) || calls;
  }
}
