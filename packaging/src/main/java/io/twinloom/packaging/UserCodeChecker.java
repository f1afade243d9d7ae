package io.twinloom.packaging;

import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.UserCode;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.CodeCache.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks user code and makes it ready to run, without running any of it. Results are kept by the
 * code's digest: what has not changed is read and nothing else. May be used by several threads and
 * processes at once.
 */
public final class UserCodeChecker {

  /** Raised when this program would give another result for the same code. */
  private static final String VERSION = "2";

  private final CodeCache cache;
  private final JavaCheck java = new JavaCheck();
  private final PythonCheck python;

  private UserCodeChecker(CodeCache cache, PythonCheck python) {
    this.cache = cache;
    this.python = python;
  }

  /**
   * @param cache the folder that results are kept in; made owner-only on first need
   * @param searchPath where {@code python3} is looked for, as the environment variable {@code PATH}
   */
  public static UserCodeChecker of(Path cache, String searchPath, InstantSource clock) {
    return new UserCodeChecker(
        new CodeCache(cache, clock), new PythonCheck(PythonProgram.find(searchPath)));
  }

  /**
   * One whose results are in {@link CacheFolder}, as a command's environment says.
   *
   * @param home the user's home
   */
  public static UserCodeChecker of(
      Map<String, String> environment, Path home, InstantSource clock) {
    return new UserCodeChecker(
        CodeCache.of(environment, home, "code", clock),
        new PythonCheck(PythonProgram.find(environment.getOrDefault("PATH", ""))));
  }

  /**
   * One whose results stay until {@link #retain} removes them: for code that a twin runs, which may
   * start again after a long time.
   *
   * @param folder as for {@link #of(Path, String, InstantSource)}
   */
  public static UserCodeChecker lasting(Path folder, String searchPath, InstantSource clock) {
    return new UserCodeChecker(
        CodeCache.lasting(folder, clock), new PythonCheck(PythonProgram.find(searchPath)));
  }

  /**
   * Takes over what another checker has found: the same code is not checked again here.
   *
   * @throws TwinloomException if the folder cannot be written
   */
  public void adopt(List<PreparedCode> code) {
    code.forEach(one -> cache.adopt(one.digest(), one.kept()));
  }

  /** Removes the results of all other code than of these digests that nobody used for so long. */
  public void retain(Set<String> digests, Duration unused) {
    cache.retain(digests, unused);
  }

  /**
   * Checks the code of a project.
   *
   * @throws TwinloomException if the project cannot be read or the cache not be written
   */
  public CheckedCode check(ProjectFiles files, List<UserCode> code) {
    try {
      List<Unit> units = new ArrayList<>();
      for (UserCode one : code) {
        CodeFiles read = CodeFiles.read(files, one);
        String tools = one.form().isPython() ? python.tools() : JavaCheck.tools();
        units.add(new Unit(read, read.digest(VERSION + " " + tools)));
      }
      Map<Unit, Kept> kept = new LinkedHashMap<>();
      units.forEach(unit -> cache.find(unit.digest).ifPresent(found -> kept.put(unit, found)));
      List<Unit> changed = units.stream().filter(unit -> !kept.containsKey(unit)).toList();
      if (!changed.isEmpty()) {
        checkPython(changed.stream().filter(Unit::isPython).toList(), kept);
        for (Unit unit : changed) {
          if (!unit.isPython()) {
            checkJava(unit, kept);
          }
        }
      }
      return checked(units, kept);
    } catch (IOException e) {
      throw new TwinloomException(
          PackagingError.CODE_UNREADABLE,
          "User code cannot be read: " + FileFailure.reason(e) + ".",
          files.source(),
          "Make the project's files readable.",
          e);
    }
  }

  /** A piece of code by what it is, not by its content: two alike are still two. */
  private static final class Unit {
    private final CodeFiles files;
    private final String digest;

    Unit(CodeFiles files, String digest) {
      this.files = files;
      this.digest = digest;
    }

    boolean isPython() {
      return files.code().form().isPython();
    }
  }

  private void checkPython(List<Unit> units, Map<Unit, Kept> kept) throws IOException {
    if (units.isEmpty()) {
      return;
    }
    List<Result> results = python.check(units.stream().map(unit -> unit.files).toList());
    for (int i = 0; i < units.size(); i++) {
      Path aside = cache.aside();
      Result result = results.get(i);
      if (result.isReady()) {
        PythonCheck.write(units.get(i).files, aside);
      }
      keep(units.get(i), result, aside, kept);
    }
  }

  private void checkJava(Unit unit, Map<Unit, Kept> kept) throws IOException {
    Path aside = cache.aside();
    keep(unit, java.check(unit.files, aside), aside, kept);
  }

  private void keep(Unit unit, Result result, Path aside, Map<Unit, Kept> kept) throws IOException {
    if (!result.isReady()) {
      FolderTree.delete(aside);
      aside = cache.aside();
    }
    // What may be different next time is found by nobody, but has its files to run.
    String name = result.lasting() ? unit.digest : unit.digest + "-passing";
    kept.put(unit, new Kept(result, cache.publish(name, result, aside).folder()));
  }

  private static CheckedCode checked(List<Unit> units, Map<Unit, Kept> kept) {
    List<Problem> problems = new ArrayList<>();
    List<PreparedCode> prepared = new ArrayList<>();
    for (Unit unit : units) {
      Kept found = kept.get(unit);
      if (found == null) {
        continue;
      }
      problems.addAll(found.result().problems());
      if (found.result().isReady()) {
        List<Path> path = found.result().path().stream().map(found.folder()::resolve).toList();
        prepared.add(
            new PreparedCode(
                unit.files.code(), path, found.result().entry(), unit.digest, found.folder()));
      }
    }
    return new CheckedCode(problems, prepared);
  }
}
