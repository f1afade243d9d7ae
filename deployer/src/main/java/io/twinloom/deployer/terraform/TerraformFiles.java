package io.twinloom.deployer.terraform;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Terraform's working folder: the HCL that this program carries, the variables, and where the state
 * is. All is owner-only; the same input gives the same files. The state stays outside, in the
 * folder above, or in a backend of the user's own: the working folder can be written anew at any
 * time.
 */
public final class TerraformFiles {

  /** The file by which a project says where Terraform's state is kept. */
  public static final String BACKEND_FILE = "terraform_backend.json";

  /** The state, in the folder above the working folder, where the project names no backend. */
  public static final String STATE = "terraform.tfstate";

  private static final String SOURCE = "/terraform/";
  private static final String LIST = "files.txt";
  private static final String ROOT = "root-module/";
  private static final String CLOUDS = "clouds.tf.json";
  private static final String VARIABLES = "terraform.tfvars.json";
  private static final String SECRETS = "secrets.auto.tfvars.json";
  private static final String BACKEND = "backend.tf.json";

  /** Backends that keep the state on a server and lock it. */
  private static final Set<String> BACKENDS =
      Set.of("s3", "azurerm", "gcs", "http", "consul", "pg", "kubernetes", "cos", "oss");

  private final Path folder;

  /**
   * The files of a working folder.
   *
   * @param folder such as {@code .twinloom/cloud/terraform} of the project
   */
  public TerraformFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the project wants the state kept: {@code {"s3": {…}}} and the like, as Terraform's
   * backends have it; empty where it says nothing.
   *
   * @throws TwinloomException if the file is there and cannot be understood
   * @see <a href="https://developer.hashicorp.com/terraform/language/backend">Backends</a>
   */
  public static Optional<JsonObject> backendOf(ProjectFiles project) {
    try {
      return project.read(BACKEND_FILE).map(TerraformFiles::backend);
    } catch (IOException e) {
      throw backendError("The file cannot be read: " + FileFailure.reason(e) + ".", e);
    }
  }

  private static JsonObject backend(byte[] text) {
    JsonObject backend;
    try {
      backend = Json.parseObject(text);
    } catch (IllegalArgumentException e) {
      throw backendError("The file does not hold a JSON object.", e);
    }
    String kind = backend.members().keySet().stream().findFirst().orElse("");
    if (backend.members().size() != 1
        || !BACKENDS.contains(kind)
        || backend.object(kind).isEmpty()) {
      throw backendError("The file does not name one known backend and its settings.", null);
    }
    return backend;
  }

  private static TwinloomException backendError(String what, @Nullable Exception cause) {
    return new TwinloomException(
        DeployerError.STATE_BACKEND,
        what,
        BACKEND_FILE,
        "Write {\"s3\": {\"bucket\": …, \"key\": …, \"region\": …}}, or another of "
            + String.join(", ", BACKENDS.stream().sorted().toList())
            + " with its settings, or delete the file: the state is then kept in .twinloom/cloud/.",
        cause);
  }

  /**
   * Writes everything anew. What is no longer needed goes; a cloud that an earlier deployment was
   * on keeps its provider, without which Terraform could not remove what is there.
   *
   * @param clouds those that the twin has, or had, anything on; those of the placement are added
   * @param backend what {@link #backendOf} gave
   */
  public void write(
      Placement placement,
      Set<Provider> clouds,
      TerraformVariables variables,
      Optional<JsonObject> backend) {
    Map<String, byte[]> wanted = new LinkedHashMap<>();
    list("").forEach(file -> wanted.put(file, source(file)));
    JsonObject functions = variables.open().object("functions").orElse(JsonObject.EMPTY);
    JsonObject twins = variables.open().object("twin_services").orElse(JsonObject.EMPTY);
    JsonObject.Builder parts = JsonObject.builder();
    for (Provider cloud : Provider.all()) {
      Set<String> roots = roots(cloud, placement, clouds, twins.members().containsKey(cloud.id()));
      if (!roots.isEmpty()) {
        wanted.putAll(files(cloud, roots));
        parts.put(cloud.id(), "${local." + cloud.id() + "}");
        JsonObject own = functions.object(cloud.id()).orElse(JsonObject.EMPTY);
        wanted.put(cloud.id() + "-moved.tf.json", text(FunctionMoves.of(cloud.id(), own)));
      }
    }
    wanted.put(CLOUDS, text(locals(parts.build())));
    wanted.put(BACKEND, text(backendBlock(backend)));
    wanted.put(VARIABLES, text(variables.open()));
    wanted.put(SECRETS, text(variables.secret()));
    PrivateFiles.makeFolder(folder);
    Set<String> kept = new HashSet<>(wanted.keySet());
    kept.add(ExpectedModules.FILE);
    removeOthers(kept);
    wanted.forEach(this::put);
  }

  /** The same for a twin that is on the clouds of its layers alone. */
  public void write(
      Placement placement, TerraformVariables variables, Optional<JsonObject> backend) {
    write(placement, Set.of(), variables, backend);
  }

  /**
   * Writes only where the state is, in a folder that has nothing else yet: enough to read what an
   * earlier deployment, perhaps of another machine, has written of itself.
   */
  public void writeBackend(Optional<JsonObject> backend) {
    PrivateFiles.makeFolder(folder);
    put(BACKEND, text(backendBlock(backend)));
  }

  /**
   * Notes of which modules the state has anything: their part of the root is written from now on,
   * also by a machine that never made them, since nothing of them can be removed without it.
   */
  public void expect(Set<String> modules) {
    put(ExpectedModules.FILE, text(ExpectedModules.json(modules)));
  }

  private ExpectedModules expected() {
    return ExpectedModules.in(folder);
  }

  /** Whether the folder was written and not removed since. */
  public boolean isThere() {
    return Files.exists(folder.resolve(VARIABLES));
  }

  /** Removes what {@link #write} wrote; the state stays where it is. */
  public void remove() {
    removeOthers(Set.of());
  }

  /** Which of a cloud's files are to stand in the root: none where the twin is not on it. */
  private Set<String> roots(
      Provider cloud, Placement placement, Set<Provider> clouds, boolean isTwinOn) {
    List<String> carried = list(cloud.id() + "/");
    Set<String> roots = new LinkedHashSet<>();
    boolean isOn =
        clouds.contains(cloud)
            || Arrays.stream(Layer.values())
                .anyMatch(layer -> placement.of(layer).filter(cloud::equals).isPresent());
    String whole = cloud.id() + ".tf";
    if (carried.contains(ROOT + whole) && (isOn || expected().has(whole) || wasPart(whole))) {
      roots.add(whole);
    }
    String twin = cloud.id() + "-twin.tf";
    if (carried.contains(ROOT + twin) && (isTwinOn || expected().has(twin) || wasPart(twin))) {
      roots.add(whole);
      roots.add(twin);
    }
    return roots;
  }

  /** A cloud's files, by where they are put. */
  private static Map<String, byte[]> files(Provider cloud, Set<String> roots) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String own = cloud.id() + "/";
    for (String file : list(own)) {
      if (!file.startsWith(ROOT)) {
        files.put(own + file, source(own + file));
      }
    }
    roots.forEach(root -> files.put(root, source(own + ROOT + root)));
    return files;
  }

  private static JsonObject locals(JsonObject clouds) {
    return JsonObject.builder()
        .put("locals", JsonObject.builder().put("clouds", clouds).build())
        .build();
  }

  /** A file without a provider stood in for one, where a twin was not on its cloud. */
  private boolean wasPart(String file) {
    Path written = folder.resolve(file);
    try {
      return Files.exists(written) && Files.readString(written).contains("provider \"");
    } catch (IOException e) {
      throw failed("This file cannot be read", written, e);
    }
  }

  private JsonObject backendBlock(Optional<JsonObject> backend) {
    JsonObject local =
        JsonObject.builder()
            .put("local", JsonObject.builder().put("path", "../" + STATE).build())
            .build();
    return JsonObject.builder()
        .put("terraform", JsonObject.builder().put("backend", backend.orElse(local)).build())
        .build();
  }

  private void put(String file, byte[] content) {
    Path target = folder.resolve(file);
    try {
      if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content)) {
        return;
      }
    } catch (IOException e) {
      throw failed("This file cannot be read", target, e);
    }
    Path parent = target.getParent();
    if (parent != null) {
      PrivateFiles.makeFolder(parent);
    }
    PrivateFiles.write(target, content);
  }

  /** Only files of the kinds that are written here: Terraform's own stay. */
  private void removeOthers(Set<String> kept) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> gone =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !folder.relativize(file).startsWith(".terraform"))
              .filter(file -> isOurs(file.getFileName().toString()))
              .filter(file -> !kept.contains(folder.relativize(file).toString().replace('\\', '/')))
              .toList();
      for (Path file : gone) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw failed("What is not needed any more cannot be removed", folder, e);
    }
  }

  private static boolean isOurs(String name) {
    return name.endsWith(".tf")
        || name.endsWith(".tf.json")
        || name.endsWith(".tfvars.json")
        || name.endsWith(".asl.json")
        || name.endsWith(".tfplan")
        || name.equals(ExpectedModules.FILE);
  }

  /** All files of the HCL, by their paths in {@code terraform/}. */
  static List<String> carried() {
    List<String> all = new ArrayList<>(list(""));
    for (Provider cloud : Provider.all()) {
      list(cloud.id() + "/").forEach(file -> all.add(cloud.id() + "/" + file));
    }
    return all;
  }

  /** The files below a folder, as its list names them; none where the program lacks the folder. */
  static List<String> list(String folder) {
    if (TerraformFiles.class.getResource(SOURCE + folder + LIST) == null) {
      return List.of();
    }
    return new String(source(folder + LIST), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  static byte[] source(String file) {
    try (InputStream in = TerraformFiles.class.getResourceAsStream(SOURCE + file)) {
      if (in == null) {
        throw new IllegalStateException("this program lacks its file terraform/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed("A file of the program itself cannot be read", Path.of(file), e);
    }
  }

  private static byte[] text(JsonObject json) {
    return (Json.pretty(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static TwinloomException failed(String what, Path path, IOException cause) {
    return new TwinloomException(
        DeployerError.CLOUD_FOLDER,
        what + ": " + FileFailure.reason(cause) + ".",
        path.toString(),
        "See that the folder is yours and readable, and its disk has room.",
        cause);
  }
}
