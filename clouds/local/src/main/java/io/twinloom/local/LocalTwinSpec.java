package io.twinloom.local;

import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import io.twinloom.worker.SecretFolder;
import io.twinloom.worker.Workplace;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A twin that is to run locally.
 *
 * @param userFunctions the user's functions, ready to run
 * @param connecting gives the connections once the clouds' addresses are known
 * @param secrets what user code must not see besides the data folder: names of entries by their
 *     folder
 * @param code the folders in which versions of user code are kept: it sees them whole, in the data
 *     folder too
 * @param former versions of the twin from before, the latest first: events may wait for functions
 *     of theirs, which stay until none does
 */
public record LocalTwinSpec(
    Project project,
    Topology topology,
    List<UserFunction> userFunctions,
    Connecting connecting,
    Map<Path, Set<String>> secrets,
    List<Path> code,
    List<LocalTwinSpec> former) {
  public LocalTwinSpec {
    former = List.copyOf(former);
    code = List.copyOf(code);
    userFunctions = List.copyOf(userFunctions);
    secrets = Map.copyOf(secrets);
  }

  /** A twin without other secrets than its data. */
  public LocalTwinSpec(
      Project project, Topology topology, List<UserFunction> userFunctions, Connecting connecting) {
    this(project, topology, userFunctions, connecting, Map.of(), List.of(), List.of());
  }

  /** What all user code finds in its environment. */
  Map<String, String> variables() {
    return Map.of(TwinInfoSource.VARIABLE, FunctionSettings.twinInfo(project));
  }

  /** The user's functions with those that only a former version has. */
  List<UserFunction> allUserFunctions() {
    Map<String, UserFunction> all = new LinkedHashMap<>();
    userFunctions.forEach(function -> all.put(function.name(), function));
    for (LocalTwinSpec version : former) {
      version.userFunctions().forEach(function -> all.putIfAbsent(function.name(), function));
    }
    return List.copyOf(all.values());
  }

  /** Where the workers of a twin run whose data is in this folder. */
  Workplace workplace(Path data) {
    List<SecretFolder> folders = new ArrayList<>(List.of(SecretFolder.whole(data)));
    secrets.forEach((folder, names) -> folders.add(new SecretFolder(folder, names)));
    return new Workplace(data.resolve("workers"), folders, code);
  }

  /** Gives every connection of the topology its address and its tokens. */
  @FunctionalInterface
  public interface Connecting {

    /**
     * @param endpoints the HTTP address of each cloud, without a slash at its end; a function's
     *     address is that, a slash and its name
     */
    Connections connect(Topology topology, Map<Provider, URI> endpoints);
  }
}
