package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.local.LocalTwinSpec;
import java.util.List;

/** What the local clouds are given of a version of a project. */
final class TwinSpecs {

  private TwinSpecs() {}

  /** A version in its layout. */
  static LocalTwinSpec of(PreparedProject project, LocalDataFolder data, LocalWiring wiring) {
    return of(project, List.of(), data, wiring);
  }

  /**
   * A version in its layout.
   *
   * @param former those before it for whose functions events may wait, the latest first
   */
  static LocalTwinSpec of(
      PreparedProject project,
      List<PreparedProject> former,
      LocalDataFolder data,
      LocalWiring wiring) {
    TokenGenerator tokens = new TokenGenerator(wiring.random());
    return new LocalTwinSpec(
        project.project(),
        project.topology(),
        UserFunctions.of(project, data, wiring.environment(), wiring.clock(), wiring.progress()),
        (topology, endpoints) -> data.connections().connect(topology, endpoints, tokens),
        ProjectSecrets.of(project.source(), data, wiring.environment()),
        List.of(data.code()),
        former.stream().map(version -> of(version, data, wiring)).toList());
  }
}
