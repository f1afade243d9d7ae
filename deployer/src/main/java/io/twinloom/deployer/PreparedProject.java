package io.twinloom.deployer;

import io.twinloom.model.Device;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.UserCode;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A valid project, ready to be deployed.
 *
 * @param source its folder or ZIP
 * @param digest SHA-256 of all its files, in hexadecimal: another one means that something changed
 * @param code the user's code, checked and ready to run
 */
public record PreparedProject(
    Path source, String digest, Project project, Topology topology, List<PreparedCode> code) {

  private static final int VERSION_LENGTH = 12;

  public PreparedProject {
    code = List.copyOf(code);
  }

  /** The same, with devices that are retired. */
  public PreparedProject withRetired(List<Device> retired, SortedMap<String, Instant> since) {
    return new PreparedProject(source, digest, project.withRetired(retired, since), topology, code);
  }

  /** The same with another configuration and other devices. */
  public PreparedProject with(TwinConfig config, Project.Fleet fleet) {
    Project other = project.with(config, fleet);
    return new PreparedProject(source, digest, other, Topology.of(other), code);
  }

  /** The same with its layers on other clouds, and with stores on further ones. */
  public PreparedProject withLegs(Placement placement, Legs legs) {
    Project moved = project.withLegs(placement, legs);
    return new PreparedProject(source, digest, moved, Topology.of(moved), code);
  }

  /** The same with other functions, and their code. */
  public PreparedProject with(Topology other, List<PreparedCode> codes) {
    return new PreparedProject(source, digest, project, other, codes);
  }

  /** What the code of each function is known by, by the names of those that have user code. */
  public Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (DeployedFunction function : topology.functions()) {
      codeOf(function).ifPresent(c -> versions.put(function.name(), version(c)));
    }
    return versions;
  }

  /** What code is known by in status, log and dead letters: another one is other code. */
  public static String version(PreparedCode code) {
    String digest = code.digest();
    return digest.substring(0, Math.min(VERSION_LENGTH, digest.length()));
  }

  /** The code of an event action, ready to run; empty where there is none. */
  public Optional<PreparedCode> actionCode(String functionName) {
    return code.stream()
        .filter(c -> c.code().role() == UserCode.Role.EVENT_ACTION)
        .filter(c -> c.code().name().equals(functionName))
        .findFirst();
  }

  /** The code of a function of the topology, ready to run; empty where it has none of its own. */
  public Optional<PreparedCode> codeOf(DeployedFunction function) {
    return function
        .userCode()
        .flatMap(wanted -> code.stream().filter(c -> c.code().equals(wanted)).findFirst());
  }
}
