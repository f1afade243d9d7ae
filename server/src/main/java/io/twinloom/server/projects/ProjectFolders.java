package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.client.ControlClient;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The projects of a folder: each folder in it with a {@code config.json} is one, by its name. A
 * link to a folder is none.
 */
public final class ProjectFolders implements Projects {

  /** The folder of earlier versions, in the folder of the projects. */
  static final String VERSIONS = ".twinloom-versions";

  private static final String LOCAL = "local";

  static final String CONFIG = "config.json";

  private static final Pattern NEW_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Path root;
  private final Workspace workspace;
  private final TwinPlaces places;
  private final Versions versions;

  private ProjectFolders(
      Path root, UserCodeChecker checker, TwinPlaces places, InstantSource clock) {
    this.root = root;
    this.workspace = new Workspace(root.resolve(VERSIONS), checker);
    this.places = places;
    this.versions = new Versions(root.resolve(VERSIONS), clock);
  }

  /**
   * The projects of a folder; changes that an earlier process could not bring to their end are
   * brought there.
   *
   * @throws TwinloomException if the folder cannot be read
   */
  public static ProjectFolders open(
      Path root, UserCodeChecker checker, TwinPlaces places, InstantSource clock) {
    ProjectFolders folders = new ProjectFolders(root, checker, places, clock);
    try {
      folders.versions.clean();
      for (String id : folders.ids()) {
        folders.versions.finish(id, folders.source(id));
      }
    } catch (IOException e) {
      throw FolderContents.failed("The projects' versions cannot be read", root, e);
    }
    return folders;
  }

  @Override
  public List<String> ids() {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(ProjectFolders::isProject)
          .map(path -> String.valueOf(path.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FolderContents.failed("The folder of projects cannot be read", root, e);
    }
  }

  private static boolean isProject(Path path) {
    return !String.valueOf(path.getFileName()).startsWith(".")
        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(path.resolve(CONFIG));
  }

  @Override
  public Path source(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new TwinloomException(
                    ServerError.PROJECT_UNKNOWN, "There is no project \"" + id + "\".", "project"));
  }

  @Override
  public Path folder(String id) {
    return source(id);
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Target target(String id, String name) {
    Path folder = source(id);
    return name.equals(LOCAL)
        ? places.local(folder)
        : places.clouds(folder, () -> valid(id), changes -> false);
  }

  @Override
  public boolean isOnClouds(String id) {
    return places.isOnClouds(source(id));
  }

  @Override
  public boolean apply(String id, PreparedProject former) {
    boolean isFormer =
        running(id).flatMap(Running::digest).filter(former.digest()::equals).isPresent();
    PreparedProject project = valid(id);
    if (!isFormer || !ProjectChange.between(former, project).isLive()) {
      return false;
    }
    var unused = places.local(source(id)).deploy(project, step -> {});
    return true;
  }

  /** The folder of a project; only a name of a folder that is there leads to one. */
  Optional<Path> find(String id) {
    if (id.isEmpty() || id.contains("/") || id.contains("\\") || id.startsWith(".")) {
      return Optional.empty();
    }
    try {
      Path folder = root.resolve(id);
      boolean same =
          isProject(folder)
              && String.valueOf(folder.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName())
                  .equals(id);
      return same ? Optional.of(folder) : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The folder of a project that is to be made.
   *
   * @throws TwinloomException if it cannot be named so, or the name is taken
   */
  Path vacant(String id) {
    if (!NEW_ID.matcher(id).matches() || id.endsWith(".")) {
      throw new TwinloomException(
          ServerError.PROJECT_ID, "\"" + id + "\" cannot be a project's id.", "name");
    }
    try (Stream<Path> all = Files.list(root)) {
      if (all.anyMatch(path -> String.valueOf(path.getFileName()).equalsIgnoreCase(id))) {
        throw new TwinloomException(
            ServerError.PROJECT_EXISTS, "The name \"" + id + "\" is taken.", "name");
      }
    } catch (IOException e) {
      throw FolderContents.failed("The folder of projects cannot be read", root, e);
    }
    return root.resolve(id);
  }

  @Override
  public Preparation.Outcome check(String id) {
    return Preparation.of(source(id), workspace.checker());
  }

  @Override
  public Optional<Running> running(String id) {
    return places
        .running(source(id))
        .map(address -> new Running(LOCAL, address.digest(), control(address)));
  }

  /**
   * A project's twin.
   *
   * @throws TwinloomException if it does not run
   */
  public Running runningOrRefused(String id) {
    return running(id).orElseThrow(() -> places.local(source(id)).absent(id));
  }

  private static TwinControl control(TwinPlaces.Address address) {
    return new ControlClient(address.api(), address.twin());
  }

  @Override
  public Optional<PreparedProject> deployed(String id) {
    return places.deployed(source(id));
  }

  @Override
  public Path data(String id) {
    return places.data(source(id));
  }

  @Override
  public ProjectFolders folders() {
    return this;
  }

  /** Where their twins run. */
  public TwinPlaces places() {
    return places;
  }

  Versions versions() {
    return versions;
  }
}
