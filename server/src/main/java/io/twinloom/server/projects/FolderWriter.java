package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.FolderTree;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes the files of a project's folder, each at once or not at all. It writes and removes
 * nothing through a link. Not for several threads.
 *
 * @param folder the project's
 * @param aside a folder on the same disk in which files are made
 */
record FolderWriter(Path folder, Path aside) {

  /**
   * Writes a file.
   *
   * @param secret whether only the owner may read it
   * @throws io.twinloom.model.TwinloomException {@code TL-PATH-OUTSIDE} if a link or a folder is in
   *     the way, or a name differs from one that is there in capital letters alone
   */
  void put(ProjectPath path, byte[] content, boolean secret) throws IOException {
    Path target = place(path);
    Path made = Files.createTempDirectory(aside, ".new-");
    try {
      Path file = Files.write(made.resolve("file"), content);
      if (secret) {
        PrivateFiles.restrict(file);
      }
      move(file, target);
    } finally {
      FolderTree.delete(made);
    }
  }

  private static void move(Path file, Path target) throws IOException {
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // The twin's data is on another disk than its project.
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Where a file is to be; the folders above it are made. */
  private Path place(ProjectPath path) throws IOException {
    Path at = folder;
    List<String> steps = path.steps();
    for (int i = 0; i < steps.size(); i++) {
      refuseOtherCase(at, steps.get(i), path);
      at = at.resolve(steps.get(i));
      boolean last = i == steps.size() - 1;
      if (Files.isSymbolicLink(at)) {
        throw ProjectPath.refused(path.toString(), "leads over a link");
      }
      if (last && Files.isDirectory(at)) {
        throw ProjectPath.refused(path.toString(), "is a folder");
      }
      if (!last && !Files.isDirectory(at)) {
        if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          throw ProjectPath.refused(path.toString(), "leads over a file");
        }
        Files.createDirectory(at);
      }
    }
    return at;
  }

  private static void refuseOtherCase(Path in, String name, ProjectPath path) throws IOException {
    try (Stream<Path> there = Files.list(in)) {
      for (Path one : there.toList()) {
        String known = String.valueOf(one.getFileName());
        if (known.equalsIgnoreCase(name) && !known.equals(name)) {
          throw ProjectPath.refused(
              path.toString(), "differs from " + known + " in capital letters alone");
        }
      }
    }
  }

  /** Removes a file, and the folders above it that are empty then. */
  void delete(ProjectPath path) throws IOException {
    Path at = folder;
    List<Path> above = new ArrayList<>();
    for (String step : path.steps()) {
      above.add(at);
      at = at.resolve(step);
      if (Files.isSymbolicLink(at)) {
        // What it leads to is a file of the project by itself.
        break;
      }
    }
    Files.deleteIfExists(at);
    for (Path parent : above.reversed()) {
      if (parent.equals(folder) || !removed(parent)) {
        return;
      }
    }
  }

  private static boolean removed(Path folder) throws IOException {
    try {
      Files.delete(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  /**
   * Makes the project's files those of another folder. What is no part of a project stays, such as
   * the data of its twin. Doing it again, after it was interrupted, brings it to its end.
   *
   * @param wanted stays as it is
   */
  void become(Path wanted) throws IOException {
    List<String> files = FolderContents.files(wanted);
    Set<String> kept = new HashSet<>(files);
    List<String> present;
    try (ProjectFiles all = ProjectSource.open(folder)) {
      present = all.below("");
    }
    for (String path : present) {
      if (!kept.contains(path)) {
        delete(new ProjectPath(List.of(path.split("/", -1))));
      }
    }
    for (String path : files) {
      copy(wanted.resolve(path), new ProjectPath(List.of(path.split("/", -1))));
    }
  }

  private void copy(Path file, ProjectPath path) throws IOException {
    Path at = folder;
    for (String step : path.steps().subList(0, path.steps().size() - 1)) {
      at = at.resolve(step);
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(at);
        Files.createDirectory(at);
      }
    }
    Path target = at.resolve(path.steps().getLast());
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      // Only what tools have left is in it by now.
      FolderTree.delete(target);
    }
    Path made = Files.createTempDirectory(aside, ".new-");
    try {
      Path copy = Files.copy(file, made.resolve("file"), StandardCopyOption.COPY_ATTRIBUTES);
      move(copy, target);
    } finally {
      FolderTree.delete(made);
    }
  }
}
