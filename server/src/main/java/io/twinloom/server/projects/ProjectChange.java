package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.json.Sha256;
import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change of one file of a project: the project is checked with it before it is written, and a
 * change that makes it worse is refused.
 */
final class ProjectChange {

  private static final int MOST_BYTES = 2 * 1024 * 1024;

  /**
   * What became of it.
   *
   * @param digest of the file's content now; empty where there is none
   * @param refused whether it was not written since it brings errors
   */
  record Outcome(
      String path,
      String digest,
      boolean written,
      boolean unchanged,
      boolean refused,
      List<Problem> problems) {}

  private final Path project;
  private final String path;
  private final ProjectCheck check;

  /**
   * @param project its folder
   * @param path checked
   */
  ProjectChange(Path project, String path, ProjectCheck check) {
    this.project = project;
    this.path = path;
    this.check = check;
  }

  /** What would be wrong with the project if the file had this content. */
  List<Problem> problemsWith(byte[] content) {
    return problems(Optional.of(content));
  }

  /**
   * Writes the file.
   *
   * @param expected the digest that it must have now
   * @param force writes it although the project becomes invalid
   */
  synchronized Outcome put(
      byte[] content, Optional<String> expected, boolean dryRun, boolean force) {
    if (content.length > MOST_BYTES) {
      throw ApiException.body("The file is larger than " + MOST_BYTES + " bytes.");
    }
    Optional<byte[]> before = present();
    String digest = before.map(Sha256::hex).orElse("");
    if (expected.filter(e -> !e.replace("\"", "").equals(digest)).isPresent()) {
      throw ApiException.changed("The file has changed since it was read.");
    }
    if (before.filter(b -> Arrays.equals(b, content)).isPresent()) {
      return new Outcome(path, digest, false, true, false, check.of(project));
    }
    List<Problem> after = problems(Optional.of(content));
    boolean worse = isWorse(after);
    boolean write = !dryRun && (!worse || force);
    if (write) {
      write(content);
    }
    return new Outcome(
        path,
        write ? Sha256.hex(content) : digest,
        write,
        false,
        worse && !write && !dryRun,
        after);
  }

  /** Removes the file. */
  synchronized Outcome delete(boolean force) {
    if (present().isEmpty()) {
      throw ApiException.notFound("The project has no such file.", path);
    }
    List<Problem> after = problems(Optional.empty());
    boolean worse = isWorse(after);
    boolean write = !worse || force;
    if (write) {
      try {
        Files.delete(project.resolve(path));
      } catch (IOException e) {
        throw ProjectText.unreadable(path, e);
      }
    }
    return new Outcome(path, "", write, false, !write, after);
  }

  private Optional<byte[]> present() {
    try (ProjectFiles files = ProjectSource.open(project)) {
      return files.read(path);
    } catch (IOException e) {
      throw ProjectText.unreadable(path, e);
    }
  }

  /** Whether there is an error that was not there before. */
  private boolean isWorse(List<Problem> after) {
    Set<List<Object>> before = errors(check.of(project));
    return errors(after).stream().anyMatch(e -> !before.contains(e));
  }

  private static Set<List<Object>> errors(List<Problem> problems) {
    return problems.stream()
        .filter(p -> p.severity() == Severity.ERROR)
        .<List<Object>>map(p -> List.of(p.code(), p.file(), p.pointer(), p.message()))
        .collect(Collectors.toSet());
  }

  /** The problems of a copy with the change in it. */
  private List<Problem> problems(Optional<byte[]> content) {
    try {
      Path copy = Files.createTempDirectory(check.folder(), "change-");
      try (ProjectFiles files = ProjectSource.open(project)) {
        files.extract("", copy);
        Folders.delete(copy.resolve(".twinloom"));
        Path file = copy.resolve(path);
        if (content.isPresent()) {
          Files.createDirectories(file.getParent());
          Files.write(file, content.get());
        } else {
          Files.deleteIfExists(file);
        }
        return check.of(copy);
      } finally {
        Folders.delete(copy);
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(path, e);
    }
  }

  /** As a whole: a reader of the project sees the former content or this one. */
  private void write(byte[] content) {
    Path file = project.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      if (ProjectText.isSecret(path)) {
        PrivateFiles.write(file, content);
        return;
      }
      Path aside = Files.createTempFile(file.getParent(), ".", ".part");
      Files.write(aside, content);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw ProjectText.unreadable(path, e);
    }
  }
}
