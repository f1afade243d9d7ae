package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.packaging.bundle.Archive;
import io.twinloom.packaging.bundle.PackedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of the project that are or were deployed. Each is a copy on this machine, by which a
 * change goes on whatever becomes of the project's folder, and an archive that is uploaded beside
 * the packages, by which another machine goes on.
 */
final class DeployedProjects {

  private static final String FETCHED = "fetched.zip";

  private final CloudDataFolder folder;
  private final ProjectCopies copies;
  private final UserCodeChecker checker;

  DeployedProjects(CloudDataFolder folder, TargetWiring wiring) {
    this.folder = folder;
    this.checker =
        UserCodeChecker.lasting(
            folder.code(), wiring.environment().getOrDefault("PATH", ""), wiring.clock());
    this.copies = new ProjectCopies(folder.projects(), checker, wiring.clock());
  }

  /** A copy of a project, which is made unless it is there. */
  PreparedProject keep(PreparedProject project) {
    return copies.keep(project);
  }

  /** The copy of this digest that is on this machine. */
  Optional<PreparedProject> find(String digest) {
    return copies.find(digest);
  }

  /**
   * The copy of this digest, fetched from a cloud where it is not on this machine. An archive that
   * holds anything else is as good as none.
   *
   * @param outputs by cloud, what Terraform gave out
   */
  Optional<PreparedProject> find(String digest, JsonObject outputs, Accounts accounts) {
    Optional<PreparedProject> here = find(digest);
    if (here.isPresent()) {
      return here;
    }
    for (Map.Entry<Provider, CloudAccount> cloud : accounts.all().entrySet()) {
      JsonObject own = outputs.object(cloud.getKey().id()).orElse(JsonObject.EMPTY);
      Optional<PreparedProject> fetched =
          cloud.getValue().uploadedProject(digest, own).flatMap(bytes -> unpacked(digest, bytes));
      if (fetched.isPresent()) {
        return fetched;
      }
    }
    return Optional.empty();
  }

  private Optional<PreparedProject> unpacked(String digest, byte[] archive) {
    // Not under the name of what is uploaded: it may hold anything.
    Path file = folder.archives().resolve(FETCHED);
    PrivateFiles.makeFolder(folder.archives());
    PrivateFiles.write(file, archive);
    return Preparation.of(file, checker)
        .project()
        .filter(project -> project.digest().equals(digest))
        .map(copies::keep);
  }

  /**
   * The archives of what is deployed, and of what a change began from, as far as there are copies
   * here; by their digests.
   */
  Map<String, Path> archives(Optional<DeployedState> state) {
    Map<String, Path> archives = new LinkedHashMap<>();
    PrivateFiles.makeFolder(folder.archives());
    for (String digest : state.map(DeployedProjects::used).orElse(List.of())) {
      Path copy = folder.projects().resolve(digest);
      if (Files.isDirectory(copy)) {
        archives.put(digest, archive(digest, copy));
      }
    }
    return archives;
  }

  /** The digests of the versions that may be needed again. */
  static List<String> used(DeployedState state) {
    List<String> used = new ArrayList<>(List.of(state.project()));
    state.change().map(Change::from).filter(from -> !used.contains(from)).ifPresent(used::add);
    return used;
  }

  private Path archive(String digest, Path copy) {
    Path file = archiveOf(digest);
    if (!Files.exists(file)) {
      try {
        Path aside = Files.createTempFile(folder.archives(), "making-", "");
        var unused = Archive.write(new PackedFiles().addFolder(copy), aside);
        Files.move(aside, file);
      } catch (IOException e) {
        throw new TwinloomException(
            DeployerError.PROJECT_COPY,
            "The project's copy cannot be packed: " + FileFailure.reason(e) + ".",
            file.toString(),
            DeployerError.PROJECT_COPY.fix(),
            e);
      }
    }
    return file;
  }

  private Path archiveOf(String digest) {
    return folder.archives().resolve(digest + ".zip");
  }

  /** Removes the copies of all other versions, after a while. */
  void retain(List<PreparedProject> projects) {
    copies.retain(projects);
  }
}
