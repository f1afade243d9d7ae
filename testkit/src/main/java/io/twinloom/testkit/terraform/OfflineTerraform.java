package io.twinloom.testkit.terraform;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real Terraform with stand-ins for the clouds' providers, where this machine has them: {@code
 * shared/tfcheck} beside the checkout or above it, or what TWINLOOM_TFCHECK names. Without it a
 * test is skipped with a word; with TWINLOOM_REQUIRE_TOOLS=1 one that is there must work.
 */
public final class OfflineTerraform {

  private static final Pattern EXPORT = Pattern.compile("export (\\w+)='(.*)'");

  private static final Map<List<String>, String> RUNNING = new HashMap<>();

  private static Map<String, String> environment = Map.of();

  private OfflineTerraform() {}

  /** What Terraform needs around it for the stand-ins; skips the calling test without them. */
  public static synchronized Map<String, String> environment() {
    if (!environment.isEmpty()) {
      return environment;
    }
    Path script = script().orElse(null);
    if (script == null) {
      abort("There is no tfcheck (Terraform with stand-in providers) on this machine.");
      throw new AssertionError();
    }
    Map<String, String> found = new HashMap<>(System.getenv());
    String said = "";
    try {
      Process process = new ProcessBuilder(script.toString(), "--env").start();
      said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher exports = EXPORT.matcher(said);
      while (exports.find()) {
        found.put(exports.group(1), exports.group(2));
      }
      if (!runs(found)) {
        found.clear();
      }
    } catch (IOException e) {
      said = e.getMessage();
      found.clear();
    }
    if (!found.containsKey("TF_CLI_CONFIG_FILE")) {
      String problem = "tfcheck is at " + script + " but does not work: " + said;
      if ("1".equals(System.getenv("TWINLOOM_REQUIRE_TOOLS"))) {
        throw new AssertionError(problem);
      }
      abort(problem);
    }
    // One that was killed leaves its socket, and the next of its number cannot listen there.
    found.put("PLUGIN_UNIX_SOCKET_DIR", socketFolder().toString());
    environment = Map.copyOf(found);
    return environment;
  }

  private static Path socketFolder() {
    try {
      Path folder = Files.createTempDirectory("tfcheck");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      delete(folder);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * The setting of a command of Terraform for which stand-ins run already, for all commands of this
   * process: for tests with many commands. What they answer cannot be set.
   *
   * @param providers of which clouds
   */
  public static synchronized Map<String, String> running(List<String> providers) {
    return Map.of(
        "TF_REATTACH_PROVIDERS",
        RUNNING.computeIfAbsent(providers, names -> RunningProviders.start(environment(), names)));
  }

  private static boolean runs(Map<String, String> environment) throws IOException {
    // By a shell, which looks for it on this environment's PATH and not on the tests' own.
    ProcessBuilder version =
        new ProcessBuilder("sh", "-c", "terraform version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    version.environment().putAll(environment);
    try {
      Process process = version.start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<Path> script() {
    String named = System.getenv("TWINLOOM_TFCHECK");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path script = at.resolve("shared/tfcheck/tfcheck");
      if (Files.isExecutable(script)) {
        return Optional.of(script);
      }
    }
    return Optional.empty();
  }

  /**
   * An empty folder below the module's build folder: Terraform links its providers into it, which a
   * temporary folder of the test framework would complain of.
   */
  public static Path emptyFolder(String name) {
    Path folder = Path.of("target", "terraform", name).toAbsolutePath();
    try {
      if (Files.exists(folder)) {
        delete(folder);
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
