package io.twinloom.deployer;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Sha256;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.packaging.UserCodeChecker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of projects that are or were deployed, by their digests: what a deployment is made of, and
 * made again of, whatever becomes of the folder that it came from. A copy is never changed. Files
 * with secrets are not part of it.
 */
public final class ProjectCopies {

  /** A copy that nothing names any more stays so long: another process may be about to name it. */
  static final Duration KEPT = Duration.ofDays(1);

  private static final String ASIDE = ".making-";
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Path root;
  private final UserCodeChecker checker;
  private final InstantSource clock;

  /**
   * @param root the folder of the copies; made, owner-only, on first need
   * @param checker of the copies' code, with results that last
   */
  public ProjectCopies(Path root, UserCodeChecker checker, InstantSource clock) {
    this.root = root;
    this.checker = checker;
    this.clock = clock;
  }

  /**
   * Copies a project and its checked code, unless they are there, and gives the copy, ready to be
   * deployed.
   *
   * @throws TwinloomException {@code TL-PROJECT-CHANGING} if the project is not any more what was
   *     prepared
   */
  public PreparedProject keep(PreparedProject project) {
    checker.adopt(project.code());
    Optional<PreparedProject> known = find(project.digest());
    if (known.isPresent()) {
      return known.get();
    }
    try {
      copy(project);
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.PROJECT_COPY,
          "The project cannot be copied: " + FileFailure.reason(e) + ".",
          root.toString(),
          DeployerError.PROJECT_COPY.fix(),
          e);
    }
    return find(project.digest()).orElseThrow(() -> changing(project));
  }

  private void copy(PreparedProject project) throws IOException {
    PrivateFiles.makeFolder(root);
    Path place = root.resolve(project.digest());
    Path aside = Files.createTempDirectory(root, ASIDE);
    try (ProjectFiles files = ProjectSource.open(project.source())) {
      files.extract("", aside);
      for (String secret : ProjectSecrets.of(files)) {
        Files.deleteIfExists(aside.resolve(secret));
      }
      if (Files.exists(place)) {
        // It is damaged, or was made by another process just now.
        FolderTree.delete(place);
      }
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FolderTree.delete(aside);
    }
  }

  private static TwinloomException changing(PreparedProject project) {
    return new TwinloomException(
        DeployerError.PROJECT_CHANGING,
        "The project was changed while it was read.",
        project.source().toString(),
        DeployerError.PROJECT_CHANGING.fix());
  }

  /**
   * The copy of this digest, ready to be deployed; empty where there is none, or it is not whole.
   *
   * @throws TwinloomException if this program finds it invalid
   */
  public Optional<PreparedProject> find(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      return Optional.empty();
    }
    Path place = root.resolve(digest);
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    Preparation.Outcome outcome = Preparation.of(place, checker);
    if (outcome.project().isEmpty()) {
      throw new TwinloomException(
          DeployerError.PROJECT_COPY_INVALID,
          "This program finds the deployed project invalid: "
              + outcome.problems().stream()
                  .map(problem -> problem.message())
                  .collect(Collectors.joining(" ")),
          place.toString(),
          DeployerError.PROJECT_COPY_INVALID.fix());
    }
    return outcome.project().filter(p -> p.digest().equals(digest));
  }

  /** Removes the copies and the code that none of these projects uses, after a while. */
  public void retain(List<PreparedProject> projects) {
    Set<String> digests = new HashSet<>();
    Set<String> code = new HashSet<>();
    for (PreparedProject project : projects) {
      digests.add(project.digest());
      project.code().forEach(one -> code.add(one.digest()));
    }
    checker.retain(code, KEPT);
    if (!Files.isDirectory(root)) {
      return;
    }
    FileTime oldest = FileTime.from(clock.instant().minus(KEPT));
    try (Stream<Path> all = Files.list(root)) {
      for (Path copy : all.toList()) {
        if (!digests.contains(String.valueOf(copy.getFileName()))
            && Files.getLastModifiedTime(copy).compareTo(oldest) < 0) {
          FolderTree.delete(copy);
        }
      }
    } catch (IOException e) {
      // It is looked at again with the next deployment.
      return;
    }
  }

  /** The digest of a project: of the path and content of each file without secrets. */
  static String digest(ProjectFiles files) throws IOException {
    MessageDigest digest = Sha256.digest();
    Set<String> secrets = ProjectSecrets.of(files);
    for (String path : files.below("")) {
      if (!secrets.contains(path)) {
        byte[] content = files.read(path).orElse(new byte[0]);
        digest.update((path + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      }
    }
    return Sha256.hex(digest);
  }
}
