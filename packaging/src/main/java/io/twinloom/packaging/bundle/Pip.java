package io.twinloom.packaging.bundle;

import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.PythonProgram;
import io.twinloom.runner.forms.UserCodeForms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Installs libraries: for the Python of the clouds, whatever the Python of this machine is, or for
 * that one. Wheels only: what is compiled here would not run there, and what is not compiled runs
 * nothing of a stranger's while it is installed. The user's own settings of pip hold.
 *
 * @param environment of the command; {@code PIP_…} are pip's settings
 * @param clouds whether for the clouds
 * @see <a href="https://pip.pypa.io/en/stable/cli/pip_install/">pip install</a>
 */
record Pip(Map<String, String> environment, boolean clouds) {

  /** The newest C library that all clouds' Python 3.12 have. */
  private static final int NEWEST_GLIBC = 34;

  /** The oldest that wheels for Python 3.12 are made for. */
  private static final int OLDEST_GLIBC = 17;

  /** A pip that would evaluate conditions for this machine all the same is not used. */
  private static final String UNTOLD = "this pip does not evaluate conditions for another Python";

  /**
   * Runs pip with the conditions of requirements, those of libraries' own requirements too,
   * evaluated for the clouds' Python: pip has options for the choice of wheels, and none for that.
   *
   * @see <a href="https://packaging.python.org/specifications/dependency-specifiers/">Dependency
   *     specifiers</a>
   */
  private static final String WITH_MARKERS_OF_CLOUDS =
      String.format(
          Locale.ROOT,
          """
      import runpy, sys
      try:
          import pip
      except ImportError:
          sys.exit("No module named pip")
      there = {
          "implementation_name": "cpython",
          "implementation_version": "%1$s.0",
          "os_name": "posix",
          "platform_machine": "x86_64",
          "platform_python_implementation": "CPython",
          "platform_release": "",
          "platform_system": "Linux",
          "platform_version": "",
          "python_full_version": "%1$s.0",
          "python_version": "%1$s",
          "sys_platform": "linux",
      }
      try:
          from pip._vendor.packaging import markers
          from pip._vendor.packaging.requirements import Requirement
          here = markers.default_environment
          def target():
              return dict(here(), **there)
          markers.default_environment = target
          for name in there:
              holds = Requirement("x; %%s == '%%s'" %% (name, there[name])).marker.evaluate()
              if there[name] and not holds:
                  raise AttributeError(name)
      except (ImportError, AttributeError) as e:
          sys.exit("ERROR: %2$s (%%s)" %% e)
      sys.argv[0] = "pip"
      runpy.run_module("pip", run_name="__main__", alter_sys=True)
      """,
          UserCodeForms.PYTHON_VERSION,
          UNTOLD);

  static Pip forClouds(Map<String, String> environment) {
    return new Pip(environment, true);
  }

  static Pip forThisMachine(Map<String, String> environment) {
    return new Pip(environment, false);
  }

  private static final String FIX_FILE = "Fix requirements.txt, or pip's settings, and try again.";

  /** What depends on where it was installed, or is of no use in a package. */
  private static final List<String> LEFT_OUT = List.of("RECORD", "INSTALLER", "direct_url.json");

  /**
   * Installs into a folder.
   *
   * @param place the code's folder in the project, for errors
   * @throws TwinloomException if there is no pip, or it cannot install all
   */
  void install(Path folder, Path target, String place) throws IOException {
    PythonProgram python =
        PythonProgram.find(environment.getOrDefault("PATH", ""))
            .orElseThrow(() -> noPip(place, "there is no python3"));
    ProcessBuilder builder = new ProcessBuilder(command(python, target)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.directory(folder.toFile()).start();
    process.getOutputStream().close();
    try {
      String said;
      try (InputStream out = process.getInputStream()) {
        said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (process.waitFor() != 0) {
        throw failure(said, place);
      }
      if (clouds) {
        tidy(target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private List<String> command(PythonProgram python, Path target) {
    List<String> command = new ArrayList<>(List.of(python.file().toString()));
    command.addAll(clouds ? List.of("-c", WITH_MARKERS_OF_CLOUDS) : List.of("-m", "pip"));
    command.addAll(
        List.of(
            "install",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "--only-binary=:all:"));
    if (clouds) {
      command.addAll(forCloud());
    }
    command.addAll(List.of("--target", target.toString(), "-r", Requirements.FILE));
    return command;
  }

  private static List<String> forCloud() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "--no-compile",
                "--implementation",
                "cp",
                "--python-version",
                UserCodeForms.PYTHON_VERSION));
    IntStream.iterate(NEWEST_GLIBC, minor -> minor >= OLDEST_GLIBC, minor -> minor - 1)
        .mapToObj(minor -> "manylinux_2_" + minor + "_x86_64")
        .forEach(platform -> command.addAll(List.of("--platform", platform)));
    command.addAll(List.of("--platform", "manylinux2014_x86_64"));
    return command;
  }

  private static void tidy(Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(target)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      // Programs name the Python of this machine by its path.
      boolean isProgram = file.startsWith(target.resolve("bin"));
      boolean isInfo = String.valueOf(file.getParent()).endsWith(".dist-info");
      if (isProgram || isInfo && LEFT_OUT.contains(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
  }

  private TwinloomException failure(String said, String place) {
    if (said.contains("No module named pip")) {
      return noPip(place, "python3 has no pip");
    }
    if (said.contains(UNTOLD)) {
      return new TwinloomException(
          PackagingError.PACKAGE_PIP,
          errors(said),
          place,
          "Install another version of pip for that python3 (python3 -m pip install --upgrade pip).");
    }
    if (said.contains("DO NOT MATCH THE HASHES")) {
      return new TwinloomException(
          PackagingError.PACKAGE_HASH,
          "A library is not the one that requirements.txt has the hash of: " + errors(said),
          place,
          "If you know why it changed, put the new hash into requirements.txt; if not, do not use"
              + " it.");
    }
    if (isOfTheNetwork(said)) {
      return new TwinloomException(
          PackagingError.PACKAGE_NETWORK,
          "pip cannot reach where libraries come from: " + errors(said),
          place,
          "See to the network, or point pip at wheels that you have: PIP_NO_INDEX=1"
              + " PIP_FIND_LINKS=FOLDER.");
    }
    if (said.contains("No matching distribution found")) {
      return new TwinloomException(
          PackagingError.PACKAGE_NO_WHEEL,
          "pip finds no wheel for "
              + (clouds
                  ? "Python " + UserCodeForms.PYTHON_VERSION + " on Linux (x86-64)"
                  : "the Python of this machine")
              + ": "
              + errors(said),
          place,
          "Ask for a version that has one. What is there as source alone is not built here: build it"
              + " (pip wheel, on such a machine) and name its folder in PIP_FIND_LINKS.");
    }
    return new TwinloomException(
        PackagingError.PACKAGE_PIP, "pip failed: " + errors(said), place, FIX_FILE);
  }

  /** An index that cannot be reached beside one that has the library is no failure of its own. */
  private static boolean isOfTheNetwork(String said) {
    String errors = errors(said);
    boolean broke = said.contains("connection broken by") || said.contains("Max retries exceeded");
    return errors.contains("Max retries exceeded")
        || errors.contains("connection broken by")
        || broke && errors.contains("(from versions: none)");
  }

  private static TwinloomException noPip(String place, String why) {
    return new TwinloomException(
        PackagingError.PACKAGE_NO_PIP,
        "Its requirements.txt asks for libraries, and " + why,
        place,
        "Install pip for the python3 of the search path (Debian, Ubuntu: apt-get install"
            + " python3-pip).");
  }

  /** pip's own errors in one line, without what an index's address may hold of passwords. */
  private static String errors(String said) {
    Optional<String> errors =
        said.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("ERROR: ") || line.startsWith("error: "))
            .map(line -> line.substring("ERROR: ".length()))
            .reduce((a, b) -> a + " " + b);
    String text =
        errors.orElseGet(
            () ->
                said.lines()
                    .filter(l -> !l.isBlank())
                    .reduce((a, b) -> b)
                    .orElse("it said nothing"));
    return text.replaceAll("://[^/@\\s]*@", "://");
  }

  static String platforms() {
    return Stream.of(
            UserCodeForms.PYTHON_VERSION, "glibc 2." + NEWEST_GLIBC, "conditions of linux x86_64")
        .collect(Collectors.joining(" "));
  }
}
