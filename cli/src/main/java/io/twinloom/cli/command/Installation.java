package io.twinloom.cli.command;

import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.model.Provider;
import io.twinloom.packaging.bundle.SystemArtifacts;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Where the program is, and what the build has put beside it. */
public final class Installation {

  /** Names the folder of the artifacts, where it is not the program's own. */
  static final String ARTIFACTS = "TWINLOOM_ARTIFACTS";

  private Installation() {}

  /** The artifacts of the system functions: {@code dist/clouds}, beside {@code dist/lib}. */
  public static SystemArtifacts artifacts(
      Map<String, String> environment, Map<Provider, CloudSupport> clouds) {
    return new SystemArtifacts(folder(environment), CloudSupport.artifacts(clouds));
  }

  private static Path folder(Map<String, String> environment) {
    String named = environment.getOrDefault(ARTIFACTS, "");
    if (!named.isBlank()) {
      return Path.of(named).toAbsolutePath();
    }
    Path program = program();
    // In a build that has not been packed, the classes are beside the distribution.
    Path dist =
        Files.isDirectory(program) ? parent(program).resolve("dist") : parent(parent(program));
    return dist.resolve("clouds");
  }

  private static Path program() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of the program", e);
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the program is in a folder");
  }
}
