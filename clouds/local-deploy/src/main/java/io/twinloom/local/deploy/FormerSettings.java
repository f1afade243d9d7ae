package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.SettingSteps;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The version of a project whose settings of chunks and signatures hold, where the deployed version
 * has not taken its own yet. It is written down before the deployed version is, so that every start
 * has these settings until the twin has settled, however often it is stopped before.
 *
 * @param file in the data folder; absent where the deployed version has its own settings
 */
record FormerSettings(Path file) {

  static final String FILE = "former-settings.json";

  private static final String PROJECT = "project";

  /** The digest of that version. */
  Optional<String> digest() {
    return LocalDataFolder.read(file).flatMap(json -> json.text(PROJECT));
  }

  /** That version; empty where there is none, or this program cannot read its copy. */
  Optional<PreparedProject> find(ProjectCopies copies) {
    try {
      return digest().flatMap(copies::find);
    } catch (TwinloomException e) {
      // A newer program finds it invalid: its settings cannot be made.
      return Optional.empty();
    }
  }

  /**
   * What a twin starts as, and notes whose settings it has where these are not its own. What was
   * noted before stays until the version that starts is written down as deployed.
   *
   * @param deployed the version that ran last
   */
  PreparedProject starting(
      PreparedProject wanted, Optional<PreparedProject> deployed, ProjectCopies copies) {
    Optional<PreparedProject> holding = find(copies).or(() -> deployed);
    PreparedProject first =
        holding.map(version -> SettingSteps.startingWith(version, wanted)).orElse(wanted);
    if (!first.equals(wanted)) {
      holding.ifPresent(version -> write(version.digest()));
    }
    return first;
  }

  private void write(String digest) {
    PrivateFiles.write(file, Json.bytes(JsonObject.builder().put(PROJECT, digest).build()));
  }

  /** Forgets it: the deployed version has its own settings. */
  void clear() {
    LocalDataFolder.remove(file);
  }
}
