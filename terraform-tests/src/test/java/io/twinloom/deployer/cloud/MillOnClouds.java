package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.cloud.StandInTerraform.Killed;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.Standing;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A twin on AWS and a second cloud, deployed by the real Terraform from one machine or several. */
final class MillOnClouds {

  private static final String RULE = "hall.sensor-1.temperature > DOUBLE(30)";
  private static final String ADMIN =
      "{\"admin_email\": \"a@mill.example\", \"admin_first_name\": \"A\","
          + " \"admin_last_name\": \"B\"}";

  private static final Pattern MARK = Pattern.compile("\"_verify\":\"([^\"]+)\"");

  private static final String STATE = "cloud/terraform.tfstate";

  /**
   * Where each apply is killed: before it and behind it, or behind it only, in half of the time.
   */
  static final List<Boolean> EVERYWHERE = List.of(false, true);

  static final List<Boolean> BEHIND = List.of(true);

  static final String STORE = "aws:mill-hot-iot-data";

  final StandInTerraform terraform = new StandInTerraform();
  final RecordedClouds clouds = new RecordedClouds();
  final List<Duration> waits = new ArrayList<>();
  final List<String> said = new ArrayList<>();

  /** What was asked before a change: the first apply, and the phases that follow it. */
  final List<String> asked = new ArrayList<>();

  /** What each of them was to be followed by. */
  final List<PlannedChanges.Following> following = new ArrayList<>();

  /** What the last deployment was refused for, where a test goes on after it. */
  Optional<TwinloomException> refused = Optional.empty();

  /** The receivers to which a marked item was sent. */
  final List<String> tried = new ArrayList<>();

  /** Whether deployments count what is stored for the confirmation. */
  boolean counting;

  /** How many of the next marked items are not taken. */
  int refusing;

  /** What happens meanwhile whenever a deployment waits. */
  Runnable whileWaiting = () -> {};

  private final Path cache;
  private String mark = "none";
  private Path data;
  private Path project;

  MillOnClouds(Path folder) {
    this.cache = folder.resolve("cache");
    this.data = folder.resolve("data");
    this.project = folder.resolve("mill");
    clouds.part = StandInTerraform.PART;
    clouds.uploads = terraform.uploads;
    for (Provider cloud : List.of(KnownClouds.AWS, KnownClouds.GOOGLE)) {
      RecordedOperations operations = new RecordedOperations(cloud);
      operations.answers = this::answer;
      operations.posts = (over, body) -> receive(over.function(), body);
      clouds.operations.put(cloud, operations);
    }
  }

  /** Movers have nothing open; what copies is done in one run; readers find what was tried. */
  private JsonObject answer(String function, JsonObject order) {
    if (function.endsWith("-mover")) {
      return json("{\"suspended\": \"a store is moved\", \"open_plan\": false}");
    }
    if (function.endsWith("-reader")) {
      return json("{\"items\": [{\"_verify\": \"" + mark + "\"}]}");
    }
    String state = order.get("verify") == null ? "copied" : "verified";
    return json("{\"state\": \"" + state + "\"}");
  }

  private void receive(String receiver, JsonObject body) {
    if (refusing-- > 0) {
      throw new TwinloomException(
          DeployerError.CLOUD_REFUSED, receiver + " answered 403.", receiver, "Wait.");
    }
    tried.add(receiver);
    Matcher marked = MARK.matcher(Json.text(body));
    mark = marked.find() ? marked.group(1) : "none";
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the project with its hot store on a cloud, and all else on AWS. */
  MillOnClouds withHotStoreOn(Provider cloud) {
    return with(Layer.L3_HOT, cloud);
  }

  /** Writes the project with a layer on a cloud, and all else on AWS; layers 4 and 5 only if so. */
  MillOnClouds with(Layer layer, Provider cloud) {
    ProjectBuilder builder = ProjectBuilder.of("mill");
    for (Layer other : Layer.values()) {
      boolean optional = other == Layer.L4 || other == Layer.L5;
      if (other == layer || !optional) {
        builder.on(other, other == layer ? cloud : KnownClouds.AWS);
      } else {
        builder.without(other);
      }
    }
    builder.devices(1);
    if (layer == Layer.L5) {
      builder.file("config_user.json", ADMIN);
    }
    if (layer == Layer.L2) {
      builder.rule(RULE, "alarm", "def process(event):\n    return event\n");
    }
    builder.writeTo(project);
    return this;
  }

  /** Goes to another machine, which has the state, in its backend, and nothing else. */
  void onMachine(Path folder) {
    data = folder.resolve("data");
    project = folder.resolve("mill");
  }

  /** Goes to another machine, which has the state in its folder, and nothing else. */
  void onMachineWithState(Path folder) {
    Path state = data.resolve(STATE);
    onMachine(folder);
    try {
      Files.createDirectories(data.resolve("cloud"));
      Files.copy(state, data.resolve(STATE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return data;
  }

  PreparedProject prepared() {
    Preparation.Outcome outcome =
        Preparation.of(
            project, UserCodeChecker.of(cache, System.getenv("PATH"), InstantSource.system()));
    return outcome
        .project()
        .orElseThrow(() -> new IllegalStateException(outcome.problems().toString()));
  }

  CloudTarget target() {
    Map<Provider, CloudSupport> accounts = new TreeMap<>();
    accounts.put(KnownClouds.AWS, clouds.support(KnownClouds.AWS));
    accounts.put(KnownClouds.GOOGLE, clouds.support(KnownClouds.GOOGLE));
    return new CloudTarget(
        project,
        data,
        this::prepared,
        TargetWiring.builder()
            .clouds(accounts)
            .variables(StandInTerraform.variables())
            .provisioner(terraform)
            .confirmation(
                changes -> {
                  asked.add(changes.summary() + "; " + String.join(", ", changes.phases()));
                  following.add(changes.following());
                  return true;
                })
            .pause(
                time -> {
                  waits.add(time);
                  whileWaiting.run();
                })
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(Map.of("PATH", System.getenv("PATH")))
            .build());
  }

  /** What the hot store on a cloud holds. */
  Map<String, String> stored(Provider cloud) {
    return Objects.requireNonNull(clouds.operations.get(cloud)).contents(Layer.L3_HOT).held;
  }

  void deploy(ChangeOrder order) {
    var unused = target().deploy(prepared(), order, counting, said::add);
  }

  void deploy() {
    deploy(order());
  }

  ChangeOrder order() {
    return ChangeOrder.of(prepared().digest());
  }

  /**
   * Deploys, and is killed around each apply until it comes to its end; a refusal, which is kept,
   * is an end too.
   *
   * @param afterwards whether it is killed behind the apply, in turn
   * @return the phases that it was killed in, as the status of this machine has them
   */
  List<String> deployKilled(ChangeOrder order, List<Boolean> afterwards) {
    List<String> seen = new ArrayList<>();
    boolean over = false;
    while (!over) {
      terraform.killedAfterwards = Optional.of(afterwards.get(seen.size() % afterwards.size()));
      try {
        deploy(order);
        over = true;
      } catch (Killed e) {
        seen.add(change().map(change -> change.at().kind()).orElse("none"));
        assertThat(seen).as("no change has as many applies").hasSizeLessThan(60);
      } catch (TwinloomException e) {
        refused = Optional.of(e);
        over = true;
      }
    }
    terraform.killedAfterwards = Optional.empty();
    return seen;
  }

  /** Is killed after each apply until that of a phase was made. */
  void deployKilledInPhase(ChangeOrder order, String phase) {
    do {
      assertThat(terraform.applied).as("no change has as many applies").hasSizeLessThan(60);
      terraform.killedAfterwards = Optional.of(true);
      assertThatThrownBy(() -> deploy(order)).isInstanceOf(Killed.class);
    } while (!terraform.applied.getLast().phase().equals(phase));
  }

  void retire(Set<String> deleted) {
    var unused =
        target().retire(prepared(), ChangeOrder.retire(Layer.L3_HOT, false, deleted), said::add);
  }

  void retire(Layer layer, boolean anyway) {
    var unused = target().retire(prepared(), ChangeOrder.retire(layer, anyway), said::add);
  }

  void cancel() {
    var unused = target().cancel(prepared(), said::add);
  }

  CloudDataFolder folder() {
    return new CloudDataFolder(data, project);
  }

  /** What Terraform's state says is deployed. */
  DeployedState state() {
    return DeploymentRecord.read(folder().outputs().read()).orElseThrow();
  }

  /** What the status of this machine says of a change. */
  Optional<ChangeStatus> change() {
    return status().change();
  }

  TargetState status() {
    PreparedProject deployed = prepared();
    return new CloudState(
            folder(), deployed.project(), deployed.topology(), Map.copyOf(clouds.operations))
        .get();
  }

  /** The files that devices connect with, by cloud. */
  List<String> deviceFiles() {
    Path devices = folder().devices();
    try (Stream<Path> files = Files.walk(devices)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> devices.relativize(file).toString().replace('\\', '/'))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that Terraform knows of what stands. */
  String terraformState() {
    try {
      return Files.readString(data.resolve(STATE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> standing() {
    return Standing.addresses(
        data.resolve("cloud/terraform"), OfflineTerraform.running(StandInTerraform.PROVIDERS));
  }
}
