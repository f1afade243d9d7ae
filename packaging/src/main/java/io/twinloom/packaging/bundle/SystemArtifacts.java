package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.PackagingError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The artifacts that run the system functions, one for each cloud that can be deployed to, as the
 * build makes them.
 *
 * @param folder holds {@code twinloom-{cloud}.jar}
 * @param known how each of these clouds runs its artifact
 */
public record SystemArtifacts(Path folder, Map<Provider, SystemArtifact> known) {

  public SystemArtifacts {
    known = Collections.unmodifiableMap(new TreeMap<>(known));
  }

  /** The artifact of a cloud. */
  Path of(Provider cloud) {
    return folder.resolve("twinloom-" + cloud.id() + ".jar");
  }

  /** Why a cloud's artifact is not there; empty if it is. */
  Optional<TwinloomException> missing(Provider cloud) {
    if (!known.containsKey(cloud)) {
      return Optional.of(
          new TwinloomException(
              PackagingError.PACKAGE_CLOUD_NOT_YET,
              "This version of Twinloom has no system functions for " + cloud.id() + " yet",
              of(cloud).getFileName().toString(),
              "Run this twin on the local clouds, or place its layers on one of these: "
                  + known.keySet().stream().map(Provider::id).toList()
                  + "."));
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
