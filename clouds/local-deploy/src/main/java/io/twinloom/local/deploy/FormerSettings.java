package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.change.SteppedSettings;
import io.twinloom.json.Json;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of chunks and signatures that a twin has still, where those of its deployed version
 * are others. They are written down before the deployed version is, so that every start has them
 * until the twin has settled, however often it is stopped before.
 *
 * @param file in the data folder; absent where the deployed version has its own settings
 */
record FormerSettings(Path file) {

  static final String FILE = "former-settings.json";

  private static final String FIX =
      "Restore the file from a backup; without one, delete it, deploy the version of the project"
          + " before the last change of compress_chunks or signed_connections, and then the last.";

  /**
   * What they are; empty where the deployed version has its own.
   *
   * @throws TwinloomException if the file cannot be read
   */
  Optional<SteppedSettings> read() {
    return LocalDataFolder.readState(file, FIX, SteppedSettings::of);
  }

  /**
   * What a twin starts as, and notes its settings where these are not its own. What was noted
   * before stays until the version that starts is written down as deployed.
   *
   * @param deployed the version that ran last
   */
  PreparedProject starting(PreparedProject wanted, Optional<PreparedProject> deployed) {
    Optional<SteppedSettings> holding = read().or(() -> deployed.map(SteppedSettings::of));
    PreparedProject first = holding.map(settings -> settings.in(wanted)).orElse(wanted);
    if (!first.equals(wanted)) {
      holding.ifPresent(settings -> PrivateFiles.write(file, Json.bytes(settings.toJson())));
    }
    return first;
  }

  /** Forgets them: the deployed version has its own. */
  void clear() {
    LocalDataFolder.remove(file);
  }
}
