package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.Provisioner.Order;
import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.ByCloud;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.bundle.SystemArtifact;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Clouds and a Terraform that follow a script and record what they were asked; what stands on the
 * clouds outlives the objects that made it, as it does on real ones.
 */
final class RecordedClouds {

  /** What was done, in order. */
  final List<String> done = new ArrayList<>();

  /** What the functions were given last, by connection: all tokens, the one that is sent first. */
  final List<Map<String, String>> tokensApplied = new ArrayList<>();

  /** The functions of each plan, by name. */
  final List<Set<String>> planned = new ArrayList<>();

  /** What fails when it is next done. */
  Optional<String> failing = Optional.empty();

  /** What stands on the clouds and holds data. */
  final List<StoredData> data = new ArrayList<>();

  /** What a plan holds beside tokens. */
  final List<Change> beside = new ArrayList<>();

  /** What is known of the HCL. */
  TerraformPart part = new TerraformPart(Set.of(), Map.of(), Set.of(), List.of());

  /** The archives of the project that were uploaded. */
  Map<String, byte[]> uploads = Map.of();

  String account = "111111111111";
  String region = "eu-central-1";
  Map<String, String> steps = new LinkedHashMap<>();
  private boolean standing;
  private Map<String, String> standingTokens = Map.of();
  private Optional<JsonObject> standingRecord = Optional.empty();
  private Topology topology;

  final Map<Provider, RecordedOperations> operations = new TreeMap<>();

  /** The steps that were made and not undone. */
  final List<String> made = new ArrayList<>();

  boolean anythingStands() {
    return standing || !made.isEmpty();
  }

  private void does(String what) {
    done.add(what);
    if (failing.filter(what::equals).isPresent()) {
      failing = Optional.empty();
      throw new TwinloomException(DeployerError.CLOUD_REFUSED, what + " failed", "", "");
    }
  }

  CloudVariables variables() {
    return (project, place, tokens, regions, apply, progress) -> {
      topology = project.topology();
      planned.add(
          topology.functions().stream().map(DeployedFunction::name).collect(Collectors.toSet()));
      JsonObject.Builder secrets = JsonObject.builder();
      tokens.forEach(secrets::put);
      return new CloudVariables.Made(
          new TerraformVariables(
              object("deployment", apply.deployment().<JsonValue>map(r -> r).orElse(JsonNull.NULL)),
              secrets.build()),
          Optional.empty());
    };
  }

  Provisioner provisioner() {
    return new Provisioner() {
      @Override
      public TerraformWork prepare(
          Order order,
          Placement placement,
          TerraformVariables variables,
          Optional<JsonObject> backend,
          Progress progress) {
        Map<String, String> tokens = new LinkedHashMap<>();
        variables
            .secret()
            .members()
            .keySet()
            .forEach(id -> tokens.put(id, variables.secret().text(id).orElse("")));
        write(order.folder().resolve("terraform.tfvars.json"), Json.text(variables.secret()));
        return new Terraform(tokens, variables.open().object("deployment"));
      }

      @Override
      public JsonObject recorded(Order order, Optional<JsonObject> backend, Progress progress) {
        return standing
            ? new Terraform(standingTokens, standingRecord).outputs()
            : JsonObject.EMPTY;
      }

      @Override
      public TerraformWork reopen(Order order, Progress progress) {
        return new Terraform(standingTokens, standingRecord);
      }
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Terraform implements TerraformWork {
    private final Map<String, String> tokens;
    private final Optional<JsonObject> record;
    private boolean destroying;
    private List<StoredData> staying = List.of();

    Terraform(Map<String, String> tokens, Optional<JsonObject> record) {
      this.tokens = tokens;
      this.record = record;
    }

    @Override
    public PlannedChanges plan() {
      does("plan");
      return changes(!standing || !tokens.equals(standingTokens) || !beside.isEmpty(), Action.ADD);
    }

    @Override
    public List<Change> besideTokens() {
      return beside;
    }

    @Override
    public boolean unprotect(List<StoredData> unlocked) {
      return false;
    }

    @Override
    public PlannedChanges planDestroy(List<StoredData> kept) {
      does("plan destroy");
      destroying = true;
      staying = List.copyOf(kept);
      return changes(standing || kept.size() < stored().size(), Action.REMOVE);
    }

    @Override
    public List<StoredData> stored() {
      return List.copyOf(data);
    }

    private static PlannedChanges changes(boolean any, Action action) {
      return new PlannedChanges(
          any ? List.of(new Change(action, "aws_thing.it", "a thing", true, false)) : List.of());
    }

    @Override
    public void apply() {
      // What was made before it fails stands.
      standing = true;
      does(destroying ? "destroy" : "apply");
      if (destroying) {
        data.retainAll(staying);
      }
      standing = !destroying;
      standingTokens = destroying ? Map.of() : tokens;
      standingRecord = destroying ? Optional.empty() : record;
      tokensApplied.add(standingTokens);
    }

    @Override
    public JsonObject outputs() {
      ByCloud endpoints = new ByCloud();
      topology
          .connections()
          .forEach(
              c ->
                  endpoints.put(
                      c.to(),
                      c.receiver().name(),
                      new JsonString("https://" + c.receiver().name() + ".example.org/")));
      return JsonObject.builder()
          .put("endpoints", endpoints.json())
          .put("clouds", object("aws", object("view", new JsonString("https://view.example.org"))))
          .put("device_credentials", object("sensor-1", RecordedDevices.CREDENTIALS))
          .put("deployment", standingRecord.<JsonValue>map(r -> r).orElse(JsonNull.NULL))
          .build();
    }

    @Override
    public int managed() {
      return (standing ? 1 : 0) + data.size();
    }
  }

  private static JsonObject object(String key, JsonValue value) {
    return JsonObject.builder().put(key, value).build();
  }

  /** What is known here of a cloud: accounts that are recorded. */
  CloudSupport support(Provider cloud) {
    return new Support(cloud, this);
  }

  private record Support(Provider provider, RecordedClouds clouds) implements CloudSupport {

    @Override
    public CloudAccount open(CloudCredentials credentials, InstantSource clock) {
      return clouds.new Account(provider);
    }

    @Override
    public SystemArtifact artifact() {
      return new SystemArtifact("java", "Handler");
    }

    @Override
    public TerraformPart terraform() {
      return clouds.part;
    }

    @Override
    public DeviceAccess devices() {
      return RecordedDevices.ACCESS;
    }
  }

  private final class Account implements CloudAccount {
    private final Provider cloud;

    Account(Provider cloud) {
      this.cloud = cloud;
    }

    @Override
    public Provider provider() {
      return cloud;
    }

    @Override
    public Identity identity() {
      does("identify " + cloud.id());
      return new Identity(account, "the deployer", region);
    }

    @Override
    public List<LayerPermissions> permissions(PreparedProject project) {
      return List.of();
    }

    @Override
    public Map<String, String> terraformEnvironment() {
      return Map.of();
    }

    @Override
    public List<CloudStep> steps(Deployment deployment) {
      List<CloudStep> all = new ArrayList<>();
      steps.forEach(
          (id, on) -> {
            if (on.equals(cloud.id())) {
              all.add(step(id));
            }
          });
      return all;
    }

    private CloudStep step(String id) {
      return new CloudStep() {
        @Override
        public String id() {
          return id;
        }

        @Override
        public boolean holdsTokens() {
          return id.startsWith("tokens-");
        }

        @Override
        public void make(Progress progress) {
          made.remove(id);
          made.add(id);
          does("make " + id);
        }
      };
    }

    @Override
    public void undo(String step, JsonObject outputs, Progress progress) {
      does("undo " + step);
      made.remove(step);
    }

    @Override
    public Optional<byte[]> uploadedProject(String digest, JsonObject outputs) {
      return Optional.ofNullable(uploads.get(digest));
    }

    @Override
    public AccountOperations operations(Deployment deployment) {
      return operations.computeIfAbsent(cloud, RecordedOperations::new);
    }

    @Override
    public void close() {}
  }
}
