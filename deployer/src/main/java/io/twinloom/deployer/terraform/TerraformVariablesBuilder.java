package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.CloudSettings;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes {@link TerraformVariables} of a topology. The same project with the same packages and
 * tokens always gives the same text.
 *
 * <pre>{@code
 * TerraformVariables variables =
 *     TerraformVariablesBuilder.project(project, topology, folder)
 *         .packages(packages)                        // what TwinPackages has built
 *         .tokens(tokensByConnectionId)              // made by the deployer before the first apply
 *         .regions(Map.of(cloud.id(), region))
 *         .workflow(cloud, text)             // only where the project has its own
 *         .scene(cloud, files)                       // only with needs3DModel
 *         .apply(settings)                           // what is particular to one apply
 *         .remoteEndpoints(urlsByReceiver)           // only of clouds without a module of their own
 *         .make();
 * }</pre>
 */
public final class TerraformVariablesBuilder {

  private final Project project;
  private final Topology topology;
  private final Path folder;
  private final Map<String, String> tokens = new TreeMap<>();
  private final Map<String, FunctionPackage> packages = new TreeMap<>();
  private final Map<String, String> regions = new TreeMap<>();
  private final Map<Provider, String> workflows = new TreeMap<>();
  private final Map<FunctionId, URI> remoteEndpoints = new LinkedHashMap<>();
  private final Map<String, List<SceneFile>> scenes = new TreeMap<>();
  private ApplySettings apply = ApplySettings.NONE;

  private TerraformVariablesBuilder(Project project, Topology topology, Path folder) {
    this.project = project;
    this.topology = topology;
    this.folder = folder;
  }

  /**
   * Begins with what is always known.
   *
   * @param folder Terraform's working folder, from which files are named
   */
  public static TerraformVariablesBuilder project(Project project, Topology topology, Path folder) {
    return new TerraformVariablesBuilder(project, topology, folder);
  }

  /** The archives of all functions; each function is given its own or its cloud's shared one. */
  public TerraformVariablesBuilder packages(List<FunctionPackage> built) {
    built.forEach(p -> packages.put(p.cloud().id() + "/" + p.name(), p));
    return this;
  }

  /** The connections' tokens, by connection id. */
  public TerraformVariablesBuilder tokens(Map<String, String> byConnection) {
    tokens.putAll(byConnection);
    return this;
  }

  /**
   * In which region each cloud's part is made: by the cloud's id, and by {@code {id}_{service}}
   * where a service of it is made elsewhere.
   */
  public TerraformVariablesBuilder regions(Map<String, String> byName) {
    regions.putAll(byName);
    return this;
  }

  /** The user's own workflow, deployed instead of the generated one. */
  public TerraformVariablesBuilder workflow(Provider cloud, String definition) {
    workflows.put(cloud, definition);
    return this;
  }

  /** The files of the twin's scene on a cloud. */
  public TerraformVariablesBuilder scene(Provider cloud, List<SceneFile> files) {
    scenes.put(cloud.id(), List.copyOf(files));
    return this;
  }

  /** What is particular to one apply. */
  public TerraformVariablesBuilder apply(ApplySettings own) {
    apply = own;
    return this;
  }

  /** Addresses that Terraform cannot learn from a module of its own, by receiver. */
  public TerraformVariablesBuilder remoteEndpoints(Map<FunctionId, URI> byReceiver) {
    remoteEndpoints.putAll(byReceiver);
    return this;
  }

  /**
   * The variables.
   *
   * @throws TwinloomException if a connection has no token, or a function no package
   */
  public TerraformVariables make() {
    TopologyVariables own = new TopologyVariables(project, topology);
    ByCloud functions = new ByCloud();
    FunctionVariables function = new FunctionVariables(project, topology, packages.keySet());
    ByCloud secrets = new ByCloud();
    FunctionSettings.apart(project, topology, tokens)
        .forEach(
            (id, parts) -> {
              functions.put(
                  id.cloud(), id.name(), function.of(topology.function(id).orElseThrow(), parts));
              if (!parts.secrets().isEmpty()) {
                secrets.put(id.cloud(), id.name(), texts(parts.secrets()));
              }
            });
    JsonObject.Builder open =
        JsonObject.builder()
            .put("twin", topology.twin())
            .put("mode", project.config().mode().name())
            .put("regions", texts(regions))
            .put("functions", functions.json())
            .put("packages", all(packages, this::archive))
            .put("stores", own.stores())
            .put("bucket_names", own.bucketNames())
            .put("schedules", own.schedules())
            .put("channels", own.channels())
            .put("workflow_definitions", byCloud(workflows))
            .put("twin_services", own.twinServices())
            .put("scenes", all(scenes, this::sceneFiles))
            .put("views", own.views())
            .put("alarms", orNull(alarms()))
            .put("remote_endpoints", endpoints(remoteEndpoints))
            .put("known_endpoints", endpoints(apply.endpoints()))
            .put("unprotected", JsonArray.ofTexts(apply.unprotected().stream().sorted().toList()))
            .put(
                "projects",
                all(new TreeMap<>(apply.projects()), file -> text(seenFromFolder(file))))
            .put("deployment", orNull(apply.deployment()));
    project.cloudSettings().deployment().members().forEach(open::put);
    return new TerraformVariables(
        open.build(),
        JsonObject.builder().put("secrets", secrets.json()).put("tokens", texts(tokens)).build());
  }

  private static JsonObject endpoints(Map<FunctionId, URI> addresses) {
    ByCloud endpoints = new ByCloud();
    addresses.forEach(
        (receiver, url) -> endpoints.put(receiver.cloud(), receiver.name(), text(url.toString())));
    return endpoints.json();
  }

  private JsonObject archive(FunctionPackage archive) {
    return JsonObject.builder()
        .put("cloud", archive.cloud().id())
        .put("name", archive.name())
        .put("file", seenFromFolder(archive.file()))
        .put("sha256", archive.sha256())
        .put("runtime", archive.runtime())
        .put("handler", archive.handler())
        .build();
  }

  private JsonObject sceneFiles(List<SceneFile> files) {
    Map<String, SceneFile> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    return all(byPath, this::sceneFile);
  }

  private JsonObject sceneFile(SceneFile file) {
    return JsonObject.builder()
        .put("file", seenFromFolder(file.file()))
        .put("sha256", file.sha256())
        .build();
  }

  /** Relative where it can be: the same project gives the same variables in every folder. */
  private String seenFromFolder(Path file) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = file.toAbsolutePath().normalize();
    Path path = Objects.equals(from.getRoot(), to.getRoot()) ? from.relativize(to) : to;
    return path.toString().replace('\\', '/');
  }

  private Optional<CloudSettings.Admin> admin() {
    return project.cloudSettings().admin();
  }

  private Optional<JsonObject> alarms() {
    return project.features().integrateErrorHandling()
        ? Optional.of(
            JsonObject.builder()
                .put("email", orNull(admin().map(admin -> text(admin.email()))))
                .build())
        : Optional.empty();
  }

  private static JsonObject byCloud(Map<Provider, String> texts) {
    JsonObject.Builder json = JsonObject.builder();
    texts.forEach((cloud, text) -> json.put(cloud.id(), text));
    return json.build();
  }

  static JsonObject texts(Map<String, String> texts) {
    return all(texts, TerraformVariablesBuilder::text);
  }

  private static <T> JsonObject all(Map<String, T> things, Function<T, ? extends JsonValue> json) {
    JsonObject.Builder all = JsonObject.builder();
    things.forEach((name, thing) -> all.put(name, json.apply(thing)));
    return all.build();
  }

  static JsonValue text(String text) {
    return new JsonString(text);
  }

  static JsonValue orNull(Optional<? extends JsonValue> value) {
    return value.<JsonValue>map(v -> v).orElse(JsonNull.NULL);
  }
}
