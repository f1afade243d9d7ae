package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinloom.deployer.Progress;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real Terraform with stand-ins for the clouds' providers, where this machine has them: {@code
 * shared/tfcheck} beside the checkout or above it, or what TWINLOOM_TFCHECK names. Without it a
 * test is skipped with a word; with TWINLOOM_REQUIRE_TOOLS=1 one that is there must work.
 */
final class TfCheck {

  private static final Pattern EXPORT = Pattern.compile("export (\\w+)='(.*)'");

  private static Map<String, String> environment = Map.of();

  private TfCheck() {}

  /** Terraform with the stand-ins; skips the calling test where there is none. */
  static Terraform terraform() {
    return Terraform.find(environment());
  }

  /** The same at work in a folder. */
  static TerraformFolder in(Path folder) {
    return in(folder, Map.of(), Progress.SILENT);
  }

  /** The same with further settings. */
  static TerraformFolder in(Path folder, Map<String, String> more, Progress progress) {
    return terraform().in(folder, more, Set.of(), progress);
  }

  /** What {@code terraform show -json} says of the state or of a plan's file. */
  static JsonObject show(Path folder, String... file) {
    StringBuilder text = new StringBuilder();
    List<String> arguments = new ArrayList<>(List.of("show", "-json"));
    arguments.addAll(List.of(file));
    int exit =
        new TerraformProcess(terraform().executable(), folder, environment())
            .run(arguments, text::append, line -> {});
    assertThat(exit).isZero();
    return Json.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static synchronized Map<String, String> environment() {
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
      Terraform.find(found);
    } catch (IOException | TwinloomException e) {
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
    environment = Map.copyOf(found);
    return environment;
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
  static Path emptyFolder(String name) {
    Path folder = Path.of("target", "terraform", name).toAbsolutePath();
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the stand-ins answer so, or fail. */
  static Map<String, String> values(Path folder, String json) {
    try {
      Path file = Files.writeString(folder.resolve("values.json"), json);
      return Map.of("TFCHECK_VALUES", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
