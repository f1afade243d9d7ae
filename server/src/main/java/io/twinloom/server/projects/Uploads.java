package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.FolderTree;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.InvalidProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes projects of ZIPs and of kept versions, and removes projects. Everything is checked before
 * anything is written.
 */
final class Uploads {

  private final ProjectFolders folders;

  Uploads(ProjectFolders folders) {
    this.folders = folders;
  }

  /**
   * What was made.
   *
   * @param version the kept earlier version; empty where there was none
   * @param warnings what is to be known of it
   */
  record Made(String id, boolean created, Optional<String> version, List<Problem> warnings) {}

  /**
   * Makes a project.
   *
   * @param source its files: a ZIP or a folder
   */
  Made create(String id, Path source) {
    folders.vacant(id);
    List<Problem> warnings = checked(source);
    return folders
        .workspace()
        .changing(id, () -> new Made(id, true, create(id, source, warnings), warnings));
  }

  private Optional<String> create(String id, Path source, List<Problem> warnings)
      throws IOException {
    Path place = folders.vacant(id);
    Path made;
    try (ProjectFiles files = ProjectSource.open(source)) {
      made = folders.versions().unpack(files);
    }
    try {
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FolderTree.delete(made);
    }
    return Optional.empty();
  }

  /** Replaces a project; its secrets stay where the ZIP has none of that name. */
  Made replace(String id, Path zip) {
    folders.source(id);
    List<Problem> warnings = checked(zip);
    return folders.workspace().changing(id, () -> replace(id, zip, warnings));
  }

  /** Makes a version the present one; one of a project that was deleted makes it again. */
  Made restore(String id, String version) {
    Path kept = folders.versions().folder(id, version);
    return folders
        .workspace()
        .changing(
            id,
            () ->
                folders.find(id).isPresent()
                    ? replace(id, kept, folders.check(id).problems())
                    : new Made(id, true, create(id, kept, List.of()), List.of()));
  }

  private Made replace(String id, Path source, List<Problem> warnings) throws IOException {
    Path folder = folders.source(id);
    folders.versions().finish(id, folder);
    String version = folders.versions().keep(id, folder);
    Path made;
    try (ProjectFiles files = ProjectSource.open(source)) {
      made = folders.versions().unpack(files);
    }
    try (ProjectFiles present = ProjectSource.open(folder)) {
      for (String secret : ProjectSecrets.of(present)) {
        Path kept = made.resolve(secret);
        Optional<byte[]> content = present.read(secret);
        if (content.isPresent() && !Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
          new FolderWriter(made, folders.versions().aside())
              .put(ProjectPath.of(secret), content.get(), true);
        }
      }
      folders.versions().replace(id, folder, made);
    } finally {
      FolderTree.delete(made);
    }
    return new Made(id, false, Optional.of(version), warnings);
  }

  /**
   * What is to be known of a ZIP or a folder that can become a project.
   *
   * @throws TwinloomException if it cannot
   */
  private List<Problem> checked(Path source) {
    Preparation.Outcome outcome = check(source);
    if (outcome.project().isEmpty()) {
      throw InvalidProjectException.of("body", outcome.problems());
    }
    return outcome.problems();
  }

  private Preparation.Outcome check(Path source) {
    return check(source, folders.workspace());
  }

  /**
   * Everything that is wrong with a project in a ZIP or a folder.
   *
   * @throws TwinloomException if the ZIP itself is refused
   */
  static Preparation.Outcome check(Path source, Workspace workspace) {
    try (ProjectFiles files = ProjectSource.open(source)) {
      refuseOtherCase(files);
      return Preparation.of(files, source, workspace.checker());
    } catch (TwinloomException e) {
      if (ProjectSource.isRefusal(e)) {
        // The place is that of a temporary file, or a path in the ZIP.
        String where = e.where().equals(source.toString()) ? "body" : e.where();
        throw new TwinloomException(e.error(), e.what(), where, e.fix());
      }
      throw e;
    } catch (IOException e) {
      throw new TwinloomException(
          ModelError.ZIP_DAMAGED,
          "The ZIP cannot be read: an entry is not what its directory says.",
          "body",
          ModelError.ZIP_DAMAGED.fix(),
          e);
    }
  }

  /** Of two such files one would take the other's place where names are not distinguished so. */
  private static void refuseOtherCase(ProjectFiles files) {
    Map<String, String> known = new HashMap<>();
    Set<String> folders = new HashSet<>();
    for (String path : files.below("")) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        folders.add(path.substring(0, slash));
      }
      refuse(path, known);
    }
    folders.forEach(folder -> refuse(folder, known));
  }

  private static void refuse(String path, Map<String, String> known) {
    String other = known.put(path.toLowerCase(Locale.ROOT), path);
    if (other != null && !other.equals(path)) {
      throw new TwinloomException(
          ServerError.UPLOAD_NAMES,
          "The names " + path + " and " + other + " differ in capital letters alone.",
          path);
    }
  }

  /**
   * Deletes a project; a version of it is kept.
   *
   * @param confirmed whether its twin may be ended and its data deleted
   */
  void delete(String id, boolean confirmed) {
    folders.source(id);
    folders
        .workspace()
        .<Boolean>changing(
            id,
            () -> {
              Path folder = folders.source(id);
              TwinPlaces places = folders.places();
              if (places.isOnClouds(folder)) {
                throw new TwinloomException(
                    ServerError.PROJECT_DEPLOYED,
                    "The twin of \"" + id + "\" is on the clouds, or was being made there.",
                    id);
              }
              boolean holds =
                  places.running(folder).isPresent()
                      || places.local(folder).projectDigest().isPresent();
              if (holds && !confirmed) {
                throw new TwinloomException(
                    ServerError.PROJECT_HOLDS_DATA,
                    "The twin of \""
                        + id
                        + "\" "
                        + (places.running(folder).isPresent() ? "runs" : "has kept data")
                        + ".",
                    id);
              }
              if (holds) {
                places.local(folder).destroy(true, step -> {});
              }
              folders.versions().keep(id, folder);
              FolderTree.delete(folder);
              return true;
            });
  }
}
