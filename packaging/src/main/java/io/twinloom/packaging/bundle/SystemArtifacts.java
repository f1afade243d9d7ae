package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.PackagingError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The artifacts that run the system functions, one for each cloud, as the build makes them.
 *
 * @param folder holds {@code twinloom-{cloud}.jar}
 */
public record SystemArtifacts(Path folder) {

  /** What the artifact of AWS is run with. */
  static final String AWS_RUNTIME = "java21";

  static final String AWS_HANDLER = "io.twinloom.aws.FunctionHandler";

  /** The artifact of a cloud. */
  Path of(Provider cloud) {
    return folder.resolve("twinloom-" + cloud.id() + ".jar");
  }

  /** Why a cloud's artifact is not there; empty if it is. */
  Optional<TwinloomException> missing(Provider cloud) {
    if (cloud != KnownClouds.AWS) {
      return Optional.of(
          new TwinloomException(
              PackagingError.PACKAGE_CLOUD_NOT_YET,
              "This version of Twinloom has no system functions for " + cloud.id() + " yet",
              of(cloud).getFileName().toString(),
              "Run this twin on the local clouds, or place all of its layers on aws."));
    }
    return Files.isRegularFile(of(cloud))
        ? Optional.empty()
        : Optional.of(
            new TwinloomException(
                PackagingError.PACKAGE_NOT_BUILT,
                "The system functions for " + cloud.id() + " have not been built",
                of(cloud).toString(),
                "Build Twinloom again: ./mvnw -Pquick package in its folder."));
  }
}
