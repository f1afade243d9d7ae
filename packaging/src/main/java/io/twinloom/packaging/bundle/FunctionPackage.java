package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import java.nio.file.Path;

/**
 * An archive that is uploaded to a cloud.
 *
 * @param name the function's, as functions call it, or {@link #SYSTEM}
 * @param file the archive, a ZIP
 * @param sha256 of the file, in hexadecimal
 * @param runtime the cloud's name of the language and its version
 * @param handler what that runtime calls
 */
public record FunctionPackage(
    String name, Provider cloud, Path file, String sha256, String runtime, String handler) {

  /** The name of the archive that all system functions of a cloud share. */
  public static final String SYSTEM = "system";

  public boolean isSystem() {
    return name.equals(SYSTEM);
  }
}
