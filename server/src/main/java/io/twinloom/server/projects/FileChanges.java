package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.Limits;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.text.Count;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.InvalidProjectException;
import io.twinloom.server.http.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes single files of projects; what a project would be afterwards is checked first. */
final class FileChanges {

  /** A single file has no more. */
  static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Projects projects;
  private final Workspace workspace;

  FileChanges(Projects projects) {
    this.projects = projects;
    this.workspace = projects.workspace();
  }

  /**
   * How a change is to be made.
   *
   * @param dryRun whether it is only checked
   * @param force whether it is made although the project becomes invalid
   * @param digest what the file must be before
   */
  record Order(boolean dryRun, boolean force, Optional<String> digest) {}

  /** Writes a file, or removes it where there is no content. */
  JsonObject make(String id, ProjectPath path, Optional<byte[]> content, Order order) {
    Path folder = projects.folder(id);
    return workspace.changing(id, () -> change(folder, path, content, order));
  }

  private JsonObject change(Path folder, ProjectPath path, Optional<byte[]> content, Order order)
      throws IOException {
    String name = path.toString();
    List<Problem> problems;
    boolean unchanged;
    boolean secret;
    try (ProjectFiles present = ProjectSource.open(folder)) {
      Optional<byte[]> before = present.read(name);
      if (content.isEmpty() && before.isEmpty()) {
        throw ApiException.notFound("The project has no such file.", name);
      }
      String digest = before.map(Sha256::hex).orElse("");
      if (order.digest().filter(wanted -> !wanted.equals(digest)).isPresent()) {
        throw ApiException.changed("The file " + name + " is not what it was.");
      }
      unchanged = content.isPresent() && digest.equals(Sha256.hex(content.get()));
      ChangedFiles changed = new ChangedFiles(present, Map.of(name, content));
      refuseTooMuch(changed, folder);
      problems = Preparation.of(changed, folder, workspace.checker()).problems();
      secret =
          ProjectSecrets.of(changed).contains(name)
              || content.filter(c -> ProjectSecrets.looksSecret(name, c)).isPresent();
    }
    boolean needed = content.isEmpty() && name.equals(ProjectFolders.CONFIG);
    boolean written = !order.dryRun() && !unchanged;
    if (written && Projects.isInvalid(problems) && (needed || !order.force())) {
      throw InvalidProjectException.ofChange(name, problems);
    }
    if (written) {
      FolderWriter writer = new FolderWriter(folder, workspace.aside());
      if (content.isPresent()) {
        writer.put(path, content.get(), secret);
      } else {
        writer.delete(path);
      }
    }
    return JsonObject.builder()
        .put("path", name)
        .put("digest", content.map(Sha256::hex).orElse(""))
        .put("written", written)
        .put("unchanged", unchanged)
        .put("problems", Problems.ofProject(problems))
        .build();
  }

  /** The same limits as those of an upload. */
  static void refuseTooMuch(ProjectFiles files, Path folder) {
    List<String> all = files.below("");
    long bytes = all.stream().mapToLong(files::size).sum();
    if (all.size() > Limits.MAX_ENTRIES || bytes > Limits.MAX_UNPACKED_BYTES) {
      throw new TwinloomException(
          ModelError.PROJECT_TOO_LARGE,
          "The project would hold "
              + Count.of(all.size(), "file")
              + " of "
              + Count.of(bytes, "byte")
              + ".",
          folder.toString(),
          ModelError.PROJECT_TOO_LARGE.fix());
    }
  }

  /**
   * What is wrong with a file.
   *
   * @param project the one that it would be in; empty: it is looked at by itself
   * @param body a file with its content
   */
  List<Problem> problemsOf(ProjectPath path, Optional<String> project, Path body) {
    String name = path.toString();
    try {
      byte[] content = Files.readAllBytes(body);
      if (project.isEmpty()) {
        ProjectFiles lone = LoneFile.of(name, content);
        return Preparation.of(lone, Path.of(name), workspace.checker()).problems().stream()
            .filter(p -> p.file().equals(name))
            .toList();
      }
      Path folder = projects.source(project.get());
      try (ProjectFiles present = ProjectSource.open(folder)) {
        Set<Problem> before =
            new HashSet<>(Preparation.of(present, folder, workspace.checker()).problems());
        ProjectFiles changed = new ChangedFiles(present, Map.of(name, Optional.of(content)));
        return Preparation.of(changed, folder, workspace.checker()).problems().stream()
            .filter(p -> p.file().equals(name) || !before.contains(p))
            .toList();
      }
    } catch (IOException e) {
      throw FolderContents.failed("The file cannot be checked", Path.of(name), e);
    }
  }
}
