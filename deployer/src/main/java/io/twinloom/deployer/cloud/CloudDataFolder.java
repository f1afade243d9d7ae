package io.twinloom.deployer.cloud;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a deployment to the clouds keeps on this machine, owner-only: Terraform's folder with its
 * state, the journal, tokens, the devices' keys. Who loses it loses the way to change or remove the
 * twin, unless the state is kept in a backend.
 */
final class CloudDataFolder {

  /** Its name inside a twin's data folder. */
  static final String NAME = "cloud";

  /** Terraform's state, where the project names no backend for it; it holds tokens and keys. */
  private static final List<String> STATES =
      List.of("terraform.tfstate", "terraform.tfstate.backup");

  private final Path folder;
  private final Path project;

  /**
   * @param data the twin's data folder
   * @param project the project's folder or ZIP
   */
  CloudDataFolder(Path data, Path project) {
    this.folder = data.resolve(NAME);
    this.project = project;
  }

  Path path() {
    return folder;
  }

  Path journal() {
    return folder.resolve("journal.json");
  }

  /** Terraform's working folder. */
  Path terraform() {
    return folder.resolve("terraform");
  }

  /** What is uploaded. */
  Path packages() {
    return folder.resolve("packages");
  }

  /** Copies of the versions of the project that are or were deployed. */
  Path projects() {
    return folder.resolve("projects");
  }

  /** The archives of these copies. */
  Path archives() {
    return folder.resolve("archives");
  }

  /** The checked code of these copies. */
  Path code() {
    return folder.resolve("code");
  }

  /** Is there while a change is to stop. */
  JsonFile pause() {
    return new JsonFile(folder.resolve("pause.json"));
  }

  /** How far a change is within its phase. */
  JsonFile standing() {
    return new JsonFile(folder.resolve("standing.json"));
  }

  /** The stores whose removal was ever ordered from this machine. */
  JsonFile orderedRemovals() {
    return new JsonFile(folder.resolve("ordered-removals.json"));
  }

  /** The devices' certificates and keys. */
  Path devices() {
    return folder.resolve("devices");
  }

  /** Those for one cloud. */
  Path devices(Provider cloud) {
    return devices().resolve(cloud.id());
  }

  /** Removes the keys for all other clouds: nobody is let in by them any more. */
  void retainDevices(Set<Provider> clouds) {
    try (Stream<Path> all = Files.list(devices())) {
      for (Path path : all.toList()) {
        if (clouds.stream().noneMatch(cloud -> devices(cloud).equals(path))) {
          remove(path);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw failed("This folder cannot be read", devices(), e);
    }
  }

  /** Where the devices connect, and with what. */
  JsonFile deviceIndex() {
    return new JsonFile(folder.resolve("devices.json"));
  }

  /** Tokens that were made for connections which have no address yet. */
  JsonFile tokens() {
    return new JsonFile(folder.resolve("tokens.json"));
  }

  /** The accounts that the twin is in, and the steps that were made there. */
  JsonFile accounts() {
    return new JsonFile(folder.resolve("accounts.json"));
  }

  /** What Terraform gave back, without secrets. */
  JsonFile outputs() {
    return new JsonFile(folder.resolve("outputs.json"));
  }

  /** The plan that the twin was last deployed by. */
  JsonFile plan() {
    return new JsonFile(folder.resolve("plan.json"));
  }

  /** The connections: in the project's folder; beside the rest for a project in a ZIP. */
  ConnectionStore connections() {
    Path home = Files.isDirectory(project) ? project : folder;
    return new ConnectionStore(home.resolve(ConnectionStore.FILE));
  }

  void make() {
    for (Path made : List.of(folder, terraform(), packages(), devices())) {
      PrivateFiles.makeFolder(made);
    }
  }

  /** Terraform writes its state as it writes any file; the folder keeps others out until this. */
  void closeState() {
    STATES.forEach(state -> PrivateFiles.restrict(folder.resolve(state)));
  }

  /** Whether a deployment was ever begun here. */
  boolean exists() {
    return Files.exists(journal());
  }

  /** What {@link DeploymentLock} locks. */
  Path lockFile() {
    return folder.resolve("lock");
  }

  /** Removes what devices connected with: their channel is gone. */
  void clearDevices() {
    remove(devices());
    List.of(deviceIndex(), outputs(), plan()).forEach(JsonFile::remove);
  }

  /** Removes the folder where only a plan was made, and no deployment was ever begun. */
  void removeUnused() {
    if (!exists()) {
      clear();
      new JsonFile(lockFile()).remove();
      removeIfEmpty(folder);
      removeIfEmpty(folder.resolveSibling(""));
    }
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files are there.
      return;
    } catch (IOException e) {
      throw failed("This folder cannot be removed", folder, e);
    }
  }

  /** Removes what a deployment kept, once nothing of it is left on any cloud. */
  void clear() {
    for (Path gone : List.of(terraform(), packages(), projects(), archives(), code(), devices())) {
      remove(gone);
    }
    List.of(
            deviceIndex(),
            tokens(),
            accounts(),
            outputs(),
            plan(),
            pause(),
            standing(),
            orderedRemovals())
        .forEach(JsonFile::remove);
    // Empty now; but what it was before holds tokens and keys.
    STATES.forEach(state -> new JsonFile(folder.resolve(state)).remove());
  }

  private static void remove(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw failed("This folder cannot be removed", folder, e);
    }
  }

  static TwinloomException failed(String what, Path path, IOException cause) {
    return new TwinloomException(
        DeployerError.CLOUD_FOLDER,
        what + ": " + FileFailure.reason(cause) + ".",
        path.toString(),
        "See that the folder is yours, writable and on a local disk.",
        cause);
  }

  /** A file with one JSON object. */
  record JsonFile(Path file) {

    /** Its object; an empty one where there is none yet, or it is damaged. */
    JsonObject read() {
      return find().orElse(JsonObject.EMPTY);
    }

    Optional<JsonObject> find() {
      try {
        return Optional.of(Json.parseObject(Files.readAllBytes(file)));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    void write(JsonObject content) {
      PrivateFiles.write(file, (Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw failed("This file cannot be removed", file, e);
      }
    }
  }
}
