package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import java.nio.file.Path;

/**
 * An archive that a cloud runs a function from.
 *
 * @param name the function's name in the topology, or {@link #SYSTEM} for the one archive of all
 *     system functions on a cloud
 * @param sha256 of the file, in hexadecimal: the same input gives the same archive
 * @param runtime what runs it, in the cloud's own words, such as {@code python3.12}
 * @param handler what in it is called, in the cloud's own words
 */
public record FunctionPackage(
    String name, Provider cloud, Path file, String sha256, String runtime, String handler) {

  /** The name of the archive that all system functions on one cloud share. */
  public static final String SYSTEM = "system";
}
