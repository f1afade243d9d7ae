package io.twinloom.local.deploy;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.DeployedStateJson;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.UserCodeChecker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The folder that holds everything a local twin keeps: stores, log, journal, connections and, while
 * it runs, where it is reached. Owner-only.
 */
final class LocalDataFolder {

  /** The data folder's name inside a project's folder. */
  static final String NAME = ".twinloom";

  private static final String ENDPOINTS = "endpoints.json";

  private final Path folder;

  LocalDataFolder(Path folder) {
    this.folder = folder;
  }

  /** Where a project's data is when nothing else is said: inside its folder, or beside its ZIP. */
  static Path of(Path project) {
    if (Files.isDirectory(project)) {
      return project.resolve(NAME);
    }
    String name = String.valueOf(project.getFileName());
    return project.resolveSibling(name.replaceFirst("(?i)\\.zip$", "") + NAME);
  }

  Path path() {
    return folder;
  }

  /** What the functions reported. */
  Path log() {
    return folder.resolve(LocalClouds.LOG_FOLDER);
  }

  /** What the process in the background writes on its standard streams. */
  Path output() {
    return folder.resolve("output.log");
  }

  Path journal() {
    return folder.resolve("journal.json");
  }

  /** User code as it was checked, by the digest of its sources. */
  Path code() {
    return folder.resolve("code");
  }

  /** The libraries of user code, by the digest of what was asked for. */
  Path libraries() {
    return folder.resolve("libraries");
  }

  /** The plan that the twin was last deployed by. */
  Path plan() {
    return folder.resolve("plan.json");
  }

  DataFormat format() {
    return new DataFormat(folder);
  }

  /** The copies of projects, by their digests. */
  Path projects() {
    return folder.resolve("projects");
  }

  /** The copies of projects that are or were deployed, with their code. */
  ProjectCopies copies(Map<String, String> environment, InstantSource clock) {
    return new ProjectCopies(
        projects(),
        UserCodeChecker.lasting(code(), environment.getOrDefault("PATH", ""), clock),
        clock);
  }

  /** What the twin is deployed as; empty where it never was, or by an older version. */
  Optional<DeployedState> deployed() {
    return readState(deployedFile(), LocalDeployError.LOCAL_STATE.fix(), DeployedStateJson::read);
  }

  /** The change that is under way. */
  Optional<Change> openChange() {
    return deployed().flatMap(DeployedState::change);
  }

  /** The folder with the copy of what is deployed. */
  Optional<Path> deployedCopy() {
    return deployed().map(state -> projects().resolve(state.project())).filter(Files::isDirectory);
  }

  void write(DeployedState state) {
    PrivateFiles.write(
        deployedFile(),
        (Json.pretty(DeployedStateJson.write(state)) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path deployedFile() {
    return folder.resolve("deployed.json");
  }

  /** The options that the twin was last started with. */
  RunOptions runOptions() {
    return read(runOptionsFile()).map(RunOptions::of).orElse(RunOptions.NONE);
  }

  void write(RunOptions options) {
    PrivateFiles.write(
        runOptionsFile(), (Json.pretty(options.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path runOptionsFile() {
    return folder.resolve("options.json");
  }

  /** The versions for whose functions events may wait still. */
  FormerVersions former() {
    return new FormerVersions(folder.resolve(FormerVersions.FILE));
  }

  /** The settings that are not the deployed version's own. */
  FormerSettings formerSettings() {
    return new FormerSettings(folder.resolve(FormerSettings.FILE));
  }

  /**
   * The digests of the versions that a twin runs, may go back to, or still needs for what waits.
   */
  Set<String> versionsInUse() {
    Set<String> needed = new LinkedHashSet<>(former().digests());
    deployed().map(DeployedState::project).ifPresent(needed::add);
    openChange().map(Change::from).ifPresent(needed::add);
    return needed;
  }

  /** The copies of these that this program can read. */
  List<PreparedProject> copiesInUse(ProjectCopies copies) {
    return versionsInUse().stream()
        .flatMap(digest -> FormerVersions.readable(digest, copies).stream())
        .toList();
  }

  /** Says that a version is not among the copies. */
  TwinloomException noCopy(String what) {
    return new TwinloomException(
        LocalDeployError.LOCAL_NO_COPY,
        what,
        folder.toString(),
        LocalDeployError.LOCAL_NO_COPY.fix());
  }

  Path mqttAccess() {
    return folder.resolve("mqtt.json");
  }

  /** What a device client logs in with. */
  MqttAccess access() {
    return read(mqttAccess()).map(MqttAccess::of).orElse(MqttAccess.OPEN);
  }

  ConnectionStore connections() {
    return new ConnectionStore(folder.resolve(ConnectionStore.FILE));
  }

  void make() {
    PrivateFiles.makeFolder(folder);
  }

  void write(Endpoints endpoints) {
    PrivateFiles.write(
        folder.resolve(ENDPOINTS),
        (Json.pretty(endpoints.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Devices connect to another cloud from now on. */
  void moveDevices(Provider cloud) {
    written().filter(e -> e.devices() != cloud).ifPresent(e -> write(e.withDevices(cloud)));
  }

  /** Where the twin said it is reached, whether or not it still runs. */
  Optional<Endpoints> written() {
    return read(folder.resolve(ENDPOINTS)).flatMap(Endpoints::of);
  }

  /** Where the twin is reached that runs now: what a killed one left behind does not count. */
  Optional<Endpoints> running() {
    return written().filter(e -> e.process().alive().isPresent());
  }

  void removeEndpoints() {
    remove(folder.resolve(ENDPOINTS));
  }

  /** A file's JSON object, or empty where there is none or it is damaged. */
  static Optional<JsonObject> read(Path file) {
    try {
      return Optional.of(Json.parseObject(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What a file says that decides what a twin is; empty where there is none.
   *
   * @param fix what to do where it cannot be read
   * @param parse throws {@link IllegalArgumentException} where it is something else
   * @throws TwinloomException if there is one that cannot be read
   */
  static <T> Optional<T> readState(Path file, String fix, Function<JsonObject, T> parse) {
    try {
      return Optional.of(parse.apply(Json.parseObject(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, FileFailure.reason(e), fix, e);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), fix, e);
    }
  }

  private static TwinloomException unreadable(Path file, String why, String fix, Exception cause) {
    return new TwinloomException(
        LocalDeployError.LOCAL_STATE,
        "What the twin goes on with cannot be read: " + why + ".",
        file.toString(),
        fix,
        cause);
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw cannotRemove(file, e);
    }
  }

  /**
   * Deletes the folder with all that is in it.
   *
   * @throws TwinloomException if it holds no twin's data, or something in it cannot be deleted
   */
  void delete() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    if (!Files.exists(journal())) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_NOT_DATA,
          "This folder holds no twin's data, so it is not deleted.",
          folder.toString(),
          "Name the data folder of a twin with --data.");
    }
    deleteIfThere(folder);
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void deleteIfThere(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw cannotRemove(folder, e);
    }
  }

  private static TwinloomException cannotRemove(Path path, IOException e) {
    return new TwinloomException(
        LocalDeployError.LOCAL_DELETE,
        "This cannot be deleted: " + FileFailure.reason(e) + ".",
        path.toString(),
        "See who owns it and whether something uses it, and try again.",
        e);
  }
}
