package io.twinloom.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * Where workers run.
 *
 * @param scratch a folder for workers' temporary files, which the pools make, empty and in the end
 *     remove; on a local disk, and nobody else's
 * @param secrets what user code must not see, where the system permits to keep it from it
 */
public record Workplace(Path scratch, List<SecretFolder> secrets) {
  public Workplace {
    secrets = List.copyOf(secrets);
  }
}
