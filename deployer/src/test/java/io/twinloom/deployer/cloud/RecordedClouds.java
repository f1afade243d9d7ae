package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.Provisioner.Order;
import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.bundle.SystemArtifact;
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

/**
 * Clouds and a Terraform that follow a script and record what they were asked; what stands on the
 * clouds outlives the objects that made it, as it does on real ones.
 */
final class RecordedClouds {

  /** What was done, in order. */
  final List<String> done = new ArrayList<>();

  /** What the functions were given last, by connection: all tokens, the one that is sent first. */
  final List<Map<String, String>> tokensApplied = new ArrayList<>();

  /** What fails when it is next done. */
  Optional<String> failing = Optional.empty();

  /** What stands on the clouds and holds data. */
  final List<StoredData> data = new ArrayList<>();

  /** What a plan holds beside tokens. */
  final List<Change> beside = new ArrayList<>();

  String account = "111111111111";
  String region = "eu-central-1";
  Map<String, String> steps = new LinkedHashMap<>();
  private boolean standing;
  private Map<String, String> standingTokens = Map.of();
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
    return (project, place, tokens, regions, progress) -> {
      topology = project.topology();
      JsonObject.Builder secrets = JsonObject.builder();
      tokens.forEach(secrets::put);
      return new CloudVariables.Made(
          new TerraformVariables(JsonObject.EMPTY, secrets.build()), Optional.empty());
    };
  }

  Provisioner provisioner() {
    return new Provisioner() {
      @Override
      public Work prepare(
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
        return new Terraform(tokens);
      }

      @Override
      public Work reopen(Order order, Progress progress) {
        return new Terraform(standingTokens);
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

  private final class Terraform implements Provisioner.Work {
    private final Map<String, String> tokens;
    private boolean destroying;
    private List<StoredData> staying = List.of();

    Terraform(Map<String, String> tokens) {
      this.tokens = tokens;
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
      tokensApplied.add(standingTokens);
    }

    @Override
    public JsonObject outputs() {
      JsonObject.Builder endpoints = JsonObject.builder();
      topology
          .connections()
          .forEach(
              c ->
                  endpoints.put(
                      c.receiver().name(), "https://" + c.receiver().name() + ".example.org/"));
      JsonObject device =
          JsonObject.builder()
              .put("cloud", "aws")
              .put("endpoint", "iot.example.org")
              .put("client_id", "hall-sensor-1")
              .put("certificate", "the certificate")
              .put("private_key", "the private key")
              .put("telemetry", "dt/hall/sensor-1/telemetry")
              .build();
      return JsonObject.builder()
          .put("endpoints", endpoints.build())
          .put("clouds", object("aws", object("view", new JsonString("https://view.example.org"))))
          .put("device_credentials", object("sensor-1", device))
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
    return new Support(cloud);
  }

  private final class Support implements CloudSupport {
    private final Provider cloud;

    Support(Provider cloud) {
      this.cloud = cloud;
    }

    @Override
    public Provider provider() {
      return cloud;
    }

    @Override
    public CloudAccount open(CloudCredentials credentials, InstantSource clock) {
      return new Account(cloud);
    }

    @Override
    public SystemArtifact artifact() {
      return new SystemArtifact("java", "Handler");
    }

    @Override
    public TerraformPart terraform() {
      return new TerraformPart(Set.of(), Map.of(), List.of());
    }

    @Override
    public DeviceAccess devices() {
      return new DeviceAccess() {
        @Override
        public Map<String, String> secretFiles() {
          return Map.of("certificate", "certificate.pem", "private_key", "private.key");
        }

        @Override
        public DeviceClient connect(DeviceCredentials credentials) {
          throw new UnsupportedOperationException("no device connects here");
        }
      };
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
    public AccountOperations operations(Deployment deployment) {
      return operations.computeIfAbsent(cloud, RecordedOperations::new);
    }

    @Override
    public void close() {}
  }
}
