package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.packaging.bundle.LocalLibraries;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A twin's user functions as workers run them, with the libraries that they ask for. */
final class UserFunctions {

  private UserFunctions() {}

  /**
   * The functions; their libraries are installed where they are not there.
   *
   * @param environment of the command
   * @param progress takes what takes long, and libraries that cannot be installed
   */
  static List<UserFunction> of(
      PreparedProject project,
      LocalDataFolder data,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<String> progress) {
    LocalLibraries libraries = LocalLibraries.of(data.libraries(), environment, clock, progress);
    List<UserFunction> functions = new ArrayList<>();
    for (DeployedFunction function : project.topology().functions()) {
      project
          .codeOf(function)
          .ifPresent(code -> functions.add(function(function.name(), code, libraries)));
    }
    for (String name : Topology.foreignActions(project.project())) {
      project.actionCode(name).ifPresent(code -> functions.add(function(name, code, libraries)));
    }
    return functions;
  }

  /** Only installs what the functions ask for. */
  static void install(
      PreparedProject project,
      LocalDataFolder data,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<String> progress) {
    LocalLibraries libraries = LocalLibraries.of(data.libraries(), environment, clock, progress);
    project.code().forEach(libraries::of);
  }

  private static UserFunction function(String name, PreparedCode code, LocalLibraries libraries) {
    return new UserFunction(
        name,
        PreparedProject.version(code),
        code.code(),
        code.path(),
        code.entry(),
        libraries.of(code));
  }
}
