package io.twinloom.deployer.terraform;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Terraform or OpenTofu of this machine, whichever is there.
 *
 * <pre>{@code
 * Terraform terraform = Terraform.find(System.getenv(), parts);
 * TerraformFolder folder =
 *     terraform.in(workingFolder, credentials, secretTexts, progress);
 * folder.init();
 * PlannedChanges changes = folder.plan();   // shown, and asked about
 * folder.apply();                           // just that plan
 * JsonObject outputs = folder.outputs();    // holds secrets
 * folder.destroy();
 * }</pre>
 *
 * <p>{@link TerraformFiles} writes the folder beforehand. Credentials go by the environment only:
 * nothing secret stands on a command line.
 */
public final class Terraform {

  /** The environment variable that names the executable, where it is not on the PATH. */
  public static final String OVERRIDE = "TWINLOOM_TERRAFORM";

  private static final List<String> NAMES = List.of("terraform", "tofu");

  /** What the HCL needs: provider functions and cross-variable checks came in between. */
  private static final int LEAST_MAJOR = 1;

  private static final int LEAST_MINOR = 8;
  private static final String LEAST = LEAST_MAJOR + "." + LEAST_MINOR;

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  private static final String INSTALL =
      "Install Terraform (developer.hashicorp.com/terraform/install) or OpenTofu"
          + " (opentofu.org/docs/intro/install), "
          + LEAST
          + " or newer, or name its executable in "
          + OVERRIDE
          + ".";

  /** Settings of Terraform's own that a user's environment keeps; all others would change a run. */
  private static final Set<String> KEPT =
      Set.of("TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR", "TF_DISABLE_PLUGIN_TLS");

  private final Path executable;
  private final String version;
  private final Map<String, String> environment;
  private final TerraformParts parts;

  private Terraform(
      Path executable, String version, Map<String, String> environment, TerraformParts parts) {
    this.executable = executable;
    this.version = version;
    this.environment = environment;
    this.parts = parts;
  }

  /**
   * Finds the first on the PATH that is new enough.
   *
   * @param environment of this process; Terraform is given it too, but for settings of its own that
   *     would change what it does
   * @param parts what is known of the clouds' HCL
   * @throws TwinloomException if there is none, or none that is new enough and works
   */
  public static Terraform find(Map<String, String> environment, TerraformParts parts) {
    Map<String, String> own = own(environment);
    List<String> wrong = new ArrayList<>();
    for (Path candidate : candidates(environment)) {
      Optional<String> version = versionOf(candidate, own);
      if (version.isEmpty()) {
        wrong.add(candidate + " does not work: it does not tell its version");
      } else if (!isNewEnough(version.get())) {
        wrong.add(candidate + " is " + version.get() + ", older than " + LEAST);
      } else {
        return new Terraform(candidate, version.get(), own, parts);
      }
    }
    if (wrong.isEmpty()) {
      throw new TwinloomException(
          DeployerError.TERRAFORM_MISSING,
          "Neither Terraform nor OpenTofu is on this machine.",
          "PATH",
          INSTALL);
    }
    throw new TwinloomException(
        DeployerError.TERRAFORM_UNUSABLE,
        "No usable Terraform or OpenTofu is on this machine: " + String.join("; ", wrong) + ".",
        "PATH",
        INSTALL);
  }

  private static List<Path> candidates(Map<String, String> environment) {
    String named = environment.getOrDefault(OVERRIDE, "").strip();
    if (!named.isEmpty()) {
      if (!Files.isExecutable(Path.of(named))) {
        throw new TwinloomException(
            DeployerError.TERRAFORM_MISSING,
            "The file that " + OVERRIDE + " names is not there or cannot be run.",
            named,
            INSTALL);
      }
      return List.of(Path.of(named));
    }
    List<Path> found = new ArrayList<>();
    for (String name : NAMES) {
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        for (String file : List.of(name, name + ".exe")) {
          executable(folder, file).filter(path -> !found.contains(path)).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Path> executable(String folder, String file) {
    try {
      Path path = Path.of(folder, file);
      boolean runs = !folder.isEmpty() && Files.isRegularFile(path) && Files.isExecutable(path);
      return runs ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> versionOf(Path executable, Map<String, String> environment) {
    StringBuilder text = new StringBuilder();
    int exit =
        new TerraformProcess(executable, Path.of("").toAbsolutePath(), environment)
            .run(List.of("version", "-json"), line -> text.append(line).append('\n'), line -> {});
    if (exit != 0) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
      return json.text("terraform_version").filter(v -> VERSION.matcher(v).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isNewEnough(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    return major > LEAST_MAJOR
        || (major == LEAST_MAJOR && Integer.parseInt(parts.group(2)) >= LEAST_MINOR);
  }

  private static Map<String, String> own(Map<String, String> environment) {
    Map<String, String> own = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith("TF_") || KEPT.contains(name)) {
            own.put(name, value);
          }
        });
    own.put("TF_IN_AUTOMATION", "1");
    own.put("CHECKPOINT_DISABLE", "1");
    return own;
  }

  /** Product and version, for people. */
  public String name() {
    boolean isTofu = executable.getFileName().toString().startsWith("tofu");
    return (isTofu ? "OpenTofu " : "Terraform ") + version;
  }

  /** Where it lies. */
  public Path executable() {
    return executable;
  }

  /**
   * Terraform at work in a folder.
   *
   * @param credentials environment variables for its providers, over those of this process
   * @param secrets texts that no message may show, tokens and keys
   */
  public TerraformFolder in(
      Path folder, Map<String, String> credentials, Set<String> secrets, Progress progress) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.putAll(credentials);
    return new TerraformFolder(
        new TerraformProcess(executable, folder, all),
        folder,
        new Redaction(secrets),
        progress,
        parts);
  }
}
