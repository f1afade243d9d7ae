package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FolderTree;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Earlier versions of projects: for each project a folder with a folder for each version, named by
 * its time. Owner-only, since secrets are in them as they were in the project. The caller holds the
 * project's lock.
 */
final class Versions {

  /** So many of a project are kept: the oldest goes for a further one. */
  static final int MOST = 20;

  private static final String ASIDE = ".new-";
  private static final String PENDING = ".pending";
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final InstantSource clock;

  /** A kept version. */
  record Version(String id, Instant time, long bytes, int files) {}

  Versions(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  /** A folder for files that are made; on the disk of the projects. */
  Path aside() {
    PrivateFiles.makeFolder(root);
    return root;
  }

  /** The kept versions of a project, newest first. */
  List<Version> list(String project) throws IOException {
    List<Version> versions = new ArrayList<>();
    for (String id : ids(project)) {
      Path folder = root.resolve(project).resolve(id);
      long bytes = 0;
      List<String> files = FolderContents.files(folder);
      for (String file : files) {
        bytes += Files.size(folder.resolve(file));
      }
      versions.add(new Version(id, time(id).orElse(Instant.EPOCH), bytes, files.size()));
    }
    return versions;
  }

  /** Newest first. */
  private List<String> ids(String project) throws IOException {
    Path folder = root.resolve(project);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> String.valueOf(path.getFileName()))
          .filter(name -> time(name).isPresent())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static Optional<Instant> time(String id) {
    try {
      return Optional.of(ID.parse(id, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The folder of a version.
   *
   * @throws TwinloomException {@code TL-VERSION-UNKNOWN} if there is none of this id
   */
  Path folder(String project, String version) {
    Path folder = root.resolve(project);
    // Compared with what there is, so that no id leads anywhere else.
    try {
      if (ids(project).contains(version)) {
        return folder.resolve(version);
      }
    } catch (IOException e) {
      throw FolderContents.failed("The versions cannot be read", folder, e);
    }
    throw new TwinloomException(
        ServerError.VERSION_UNKNOWN, "There is no version \"" + version + "\".", "version");
  }

  /** Keeps a copy of a project as it is now; returns its id. */
  String keep(String project, Path source) throws IOException {
    Path folder = root.resolve(project);
    aside();
    PrivateFiles.makeFolder(folder);
    Path copy = Files.createTempDirectory(root, ASIDE);
    try (ProjectFiles files = ProjectSource.open(source)) {
      files.extract("", copy);
      Instant time = clock.instant();
      while (Files.exists(folder.resolve(ID.format(time)))) {
        time = time.plusMillis(1);
      }
      String id = ID.format(time);
      Files.move(copy, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      List<String> all = ids(project);
      for (String old : all.subList(Math.min(MOST, all.size()), all.size())) {
        FolderTree.delete(folder.resolve(old));
      }
      return id;
    } finally {
      FolderTree.delete(copy);
    }
  }

  /**
   * Unpacks files beside the projects; what is among them with secrets only the owner may read.
   *
   * @return a folder that the caller moves or deletes
   */
  Path unpack(ProjectFiles files) throws IOException {
    Path folder = Files.createTempDirectory(aside(), ASIDE);
    boolean done = false;
    try {
      files.extract("", folder);
      for (String path : ProjectSecrets.of(files)) {
        PrivateFiles.restrict(folder.resolve(path));
      }
      done = true;
      return folder;
    } finally {
      if (!done) {
        FolderTree.delete(folder);
      }
    }
  }

  /**
   * Gives a project the files of a folder: from when this has moved the folder, the change is made,
   * also where the process ends in the midst of it.
   */
  void replace(String project, Path folder, Path wanted) throws IOException {
    PrivateFiles.makeFolder(root.resolve(project));
    Path pending = root.resolve(project).resolve(PENDING);
    Files.move(wanted, pending, StandardCopyOption.ATOMIC_MOVE);
    finish(project, folder);
  }

  /** Brings a replacement that was interrupted to its end. */
  void finish(String project, Path folder) throws IOException {
    Path pending = root.resolve(project).resolve(PENDING);
    if (!Files.isDirectory(pending)) {
      return;
    }
    new FolderWriter(folder, root).become(pending);
    Path done = Files.createTempDirectory(root, ASIDE).resolve("done");
    Files.move(pending, done, StandardCopyOption.ATOMIC_MOVE);
    Path parent = done.getParent();
    FolderTree.delete(parent == null ? done : parent);
  }

  /** Removes what processes that were killed have left behind. */
  void clean() throws IOException {
    Instant oldest = clock.instant().minus(LEFT_BEHIND);
    for (Path folder : List.of(root, root.resolve(Workspace.UPLOADS))) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> all = Files.list(folder)) {
        for (Path path : all.toList()) {
          String name = String.valueOf(path.getFileName());
          boolean temporary = name.startsWith(ASIDE) || name.endsWith(".part");
          if (temporary && Files.getLastModifiedTime(path).toInstant().isBefore(oldest)) {
            FolderTree.delete(path);
          }
        }
      }
    }
  }
}
