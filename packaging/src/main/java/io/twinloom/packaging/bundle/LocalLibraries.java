package io.twinloom.packaging.bundle;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.CodeCache;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.packaging.PythonProgram;
import io.twinloom.packaging.RequirementLines.Line;
import io.twinloom.packaging.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The libraries of user code for runs on this machine, kept by what pip was asked for and by the
 * Python that they are for. What cannot be installed is reported, and the code runs without it.
 */
public final class LocalLibraries {
  private static final String FOLDER = "libraries";

  private static final Set<String> HOPELESS =
      Set.of(PackagingError.PACKAGE_NETWORK.code(), PackagingError.PACKAGE_NO_PIP.code());

  /** Whether the Python that runs the workers has what a line asks for. */
  private static final String IS_THERE =
      """
      import sys, importlib.metadata
      from pip._vendor.packaging.requirements import Requirement
      wanted = Requirement(sys.stdin.read().split(" #")[0].split(" --")[0].strip())
      if wanted.marker is not None and not wanted.marker.evaluate():
          print("yes", end="")
      elif not wanted.url:
          try:
              version = importlib.metadata.version(wanted.name)
          except importlib.metadata.PackageNotFoundError:
              sys.exit()
          if wanted.specifier.contains(version, prereleases=True):
              print("yes", end="")
      """;

  private final CodeCache cache;
  private final Pip pip;
  private final Optional<PythonProgram> python;
  private final Consumer<String> progress;

  private LocalLibraries(
      CodeCache cache, Pip pip, Optional<PythonProgram> python, Consumer<String> progress) {
    this.cache = cache;
    this.pip = pip;
    this.python = python;
    this.progress = progress;
  }

  /**
   * @param folder where they are kept; made, owner-only, on first need
   * @param environment of the command: its search path has the {@code python3}, and {@code PIP_…}
   *     are pip's settings
   * @param progress takes what takes long, and what could not be installed: sentences without a
   *     full stop
   */
  public static LocalLibraries of(
      Path folder,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<String> progress) {
    return new LocalLibraries(
        new CodeCache(folder, clock),
        Pip.forThisMachine(environment),
        PythonProgram.find(environment.getOrDefault("PATH", "")),
        progress);
  }

  /** The folders that the imports of this code are searched in besides its own. */
  public List<Path> of(PreparedCode code) {
    String place = code.code().folder();
    try {
      Optional<Requirements> requirements = Requirements.of(code);
      return requirements.isPresent() ? List.of(of(requirements.get(), place)) : List.of();
    } catch (TwinloomException e) {
      tell("the libraries", place, e);
    } catch (IOException e) {
      tell(
          "the libraries",
          place,
          new TwinloomException(
              PackagingError.PACKAGE_FAILED,
              "they cannot be kept: " + e,
              place,
              "See that there is room on the disk.",
              e));
    }
    return List.of();
  }

  private void tell(String what, String place, TwinloomException why) {
    progress.accept(
        "warning: without "
            + what
            + " of "
            + place
            + "/"
            + Requirements.FILE
            + ": "
            + why.what()
            + ". "
            + why.fix().replaceAll("\\.$", ""));
  }

  private Path of(Requirements wanted, String place) throws IOException {
    String fingerprint = new Fingerprint().add(identity()).add(wanted.fingerprint()).hex();
    Optional<CodeCache.Kept> found = cache.find(fingerprint);
    if (found.isPresent()) {
      return found.get().folder().resolve(FOLDER);
    }
    progress.accept("Installing the libraries of " + place);
    Path aside = cache.aside();
    try {
      Path target = Files.createDirectory(aside.resolve(FOLDER));
      String name = fingerprint;
      Optional<TwinloomException> failure = install(wanted, target, place);
      if (failure.isPresent()) {
        // Not found the next time, when pip may have more to offer.
        FolderTree.delete(target);
        Files.createDirectory(target);
        name += "-" + fingerprint(installOneByOne(wanted, target, place, failure.get()));
      }
      return cache.publish(name, Result.ready(List.of(FOLDER), ""), aside).folder().resolve(FOLDER);
    } finally {
      FolderTree.delete(aside);
    }
  }

  private String identity() {
    return python.map(PythonProgram::identity).orElse("");
  }

  private static String fingerprint(List<Line> lines) {
    Fingerprint fingerprint = new Fingerprint();
    lines.forEach(line -> fingerprint.add(line.text()));
    return fingerprint.hex();
  }

  /** Installs what can be, each line by itself, and gives those lines. */
  private List<Line> installOneByOne(
      Requirements wanted, Path target, String place, TwinloomException whole) throws IOException {
    List<Line> options = wanted.lines().stream().filter(Line::isOption).toList();
    List<Line> asked =
        wanted.lines().stream().filter(line -> !line.isOption() && !isThere(line)).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    // Where nothing can be reached, asking again for each only takes time.
    if (HOPELESS.contains(whole.code())) {
      tell("the libraries", place, whole);
      return List.of();
    }
    List<Line> installed = new ArrayList<>();
    for (Line line : asked) {
      List<Line> one = new ArrayList<>(options);
      one.add(line);
      Optional<TwinloomException> failure = install(wanted.only(one), target, place);
      if (failure.isPresent()) {
        tell("'" + line.text().strip() + "'", place, failure.get());
      } else {
        installed.add(line);
      }
    }
    return installed;
  }

  private boolean isThere(Line line) {
    try {
      byte[] input = line.text().getBytes(StandardCharsets.UTF_8);
      return python.isPresent()
          && new String(python.get().run(IS_THERE, input), StandardCharsets.UTF_8).equals("yes");
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<TwinloomException> install(Requirements wanted, Path target, String place)
      throws IOException {
    Path work = cache.aside();
    try {
      wanted.copyTo(work);
      pip.install(work, target, place);
      return Optional.empty();
    } catch (TwinloomException e) {
      return Optional.of(e);
    } finally {
      FolderTree.delete(work);
    }
  }
}
