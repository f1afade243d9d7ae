package io.twinloom.worker;

import java.nio.file.Path;
import java.util.List;

/**
 * Where workers run.
 *
 * @param scratch a folder for workers' temporary files, which the pools make, empty and in the end
 *     remove; on a local disk, and nobody else's
 * @param secrets what user code must not see, where the system permits to keep it from it
 * @param code folders that it sees whole though they may be within a secret one: of versions that
 *     are kept there later, a worker that runs already sees only these
 */
public record Workplace(Path scratch, List<SecretFolder> secrets, List<Path> code) {
  public Workplace {
    secrets = List.copyOf(secrets);
    code = List.copyOf(code);
  }

  /** A place for workers that see the code of functions wherever it is, but of no later version. */
  public Workplace(Path scratch, List<SecretFolder> secrets) {
    this(scratch, secrets, List.of());
  }
}
