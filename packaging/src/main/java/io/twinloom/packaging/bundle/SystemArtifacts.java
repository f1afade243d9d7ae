package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The artifacts that run the system functions, one for each cloud, as the build makes them.
 *
 * @param folder holds {@code twinloom-{cloud}.jar}
 */
public record SystemArtifacts(Path folder) {

  /** The code of the error for a cloud that has none. */
  static final String MISSING = "TL-PACKAGE-NO-ARTIFACT";

  /** What the artifact of AWS is run with. */
  static final String AWS_RUNTIME = "java21";

  static final String AWS_HANDLER = "io.twinloom.aws.FunctionHandler";

  /**
   * The artifact of a cloud.
   *
   * @throws TwinloomException {@link #MISSING} if there is none
   */
  Path of(Provider cloud) {
    Path jar = folder.resolve("twinloom-" + cloud.id() + ".jar");
    if (cloud != Provider.AWS) {
      throw new TwinloomException(
          MISSING,
          "This version of Twinloom has no system functions for " + cloud.id() + " yet",
          jar.getFileName().toString(),
          "Run this twin on the local clouds, or place all of its layers on aws.");
    }
    if (!Files.isRegularFile(jar)) {
      throw new TwinloomException(
          MISSING,
          "The system functions for " + cloud.id() + " have not been built",
          jar.toString(),
          "Build Twinloom again: mvn -Pquick package in its folder.");
    }
    return jar;
  }
}
