package io.twinloom.local.deploy;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a project's folder its own user code must not see. */
final class ProjectSecrets {

  private static final String CONFIG = "config.json";

  private ProjectSecrets() {}

  /**
   * The names of the secret entries by their folder. What runs is a copy of the project, so the
   * folder that holds the data is looked at too, where the data is in the project.
   *
   * @param source the project's folder, or its ZIP, beside which nothing is looked for
   * @param data kept from user code whole, with the copy
   */
  static Map<Path, Set<String>> of(
      Path source, LocalDataFolder data, Map<String, String> environment) {
    Path kept = data.path().toAbsolutePath().normalize();
    Map<Path, Set<String>> secrets = new HashMap<>();
    for (Path folder : List.of(source.toAbsolutePath().normalize(), kept.resolveSibling(""))) {
      boolean isProject = Files.isRegularFile(folder.resolve(CONFIG));
      if (isProject && !folder.startsWith(kept)) {
        secrets.put(folder, names(folder, environment));
      }
    }
    return secrets;
  }

  private static Set<String> names(Path folder, Map<String, String> environment) {
    Set<String> names = new HashSet<>();
    names.add(CloudCredentials.FILE);
    names.add(ConnectionStore.FILE);
    names.add(LocalDataFolder.NAME);
    for (Provider cloud : Provider.all()) {
      names.addAll(keyFiles(folder, cloud, environment));
    }
    return names;
  }

  /** What the file of credentials names and is in this folder, or below it. */
  private static Set<String> keyFiles(
      Path folder, Provider cloud, Map<String, String> environment) {
    Set<String> names = new HashSet<>();
    try {
      CloudCredentials given = CloudCredentials.of(folder, cloud, environment);
      // A file is of use by itself; keys that are so only together are no names of files.
      for (String key : cloud.conventions().credentials().alone()) {
        given
            .value(key)
            .filter(value -> value.indexOf(0) < 0)
            .map(value -> folder.resolve(value).normalize())
            .filter(file -> file.startsWith(folder) && !file.equals(folder))
            .filter(Files::isRegularFile)
            .ifPresent(file -> names.add(folder.relativize(file).getName(0).toString()));
      }
    } catch (TwinloomException e) {
      // A file that cannot be read says nothing, and is kept from user code itself.
      return Set.of();
    }
    return names;
  }
}
