package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.terraform.Standing;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A twin on AWS and a second cloud, deployed by the real Terraform from one machine or several. */
final class MillOnClouds {

  static final String STORE = "aws:mill-hot-iot-data";

  final StandInTerraform terraform = new StandInTerraform();
  final RecordedClouds clouds = new RecordedClouds();
  final List<Duration> waits = new ArrayList<>();
  final List<String> said = new ArrayList<>();

  /** What was asked before a change: the first apply, and the phases that follow it. */
  final List<String> asked = new ArrayList<>();

  /** What happens meanwhile whenever a deployment waits. */
  Runnable whileWaiting = () -> {};

  private final Path cache;
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
      operations.answers = (function, order) -> answer(function, order);
      clouds.operations.put(cloud, operations);
    }
  }

  /** Movers have nothing open; what copies is done in one run. */
  private static JsonObject answer(String function, JsonObject order) {
    if (function.endsWith("-mover")) {
      return json("{\"suspended\": \"a store is moved\", \"open_plan\": false}");
    }
    String state = order.get("verify") == null ? "copied" : "verified";
    return json("{\"state\": \"" + state + "\"}");
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the project with its hot store on a cloud, and all else on AWS. */
  MillOnClouds withHotStoreOn(Provider cloud) {
    ProjectBuilder.of("mill")
        .on(Layer.L1, KnownClouds.AWS)
        .on(Layer.L2, KnownClouds.AWS)
        .on(Layer.L3_HOT, cloud)
        .on(Layer.L3_COLD, KnownClouds.AWS)
        .on(Layer.L3_ARCHIVE, KnownClouds.AWS)
        .without(Layer.L4)
        .without(Layer.L5)
        .writeTo(project);
    return this;
  }

  /** Goes to another machine, which has the state, in its backend, and nothing else. */
  void onMachine(Path folder) {
    data = folder.resolve("data");
    project = folder.resolve("mill");
  }

  Path data() {
    return data;
  }

  PreparedProject prepared() {
    return Preparation.of(project, UserCodeChecker.of(cache, "", InstantSource.system()))
        .project()
        .orElseThrow();
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
                  return true;
                })
            .pause(
                time -> {
                  waits.add(time);
                  whileWaiting.run();
                })
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(Map.of())
            .build());
  }

  void deploy(ChangeOrder order) {
    var unused = target().deploy(prepared(), order, said::add);
  }

  void deploy() {
    deploy(ChangeOrder.of(prepared().digest()));
  }

  void retire(Set<String> deleted) {
    var unused =
        target().retire(prepared(), ChangeOrder.retire(Layer.L3_HOT, false, deleted), said::add);
  }

  void cancel() {
    var unused = target().cancel(prepared(), said::add);
  }

  private CloudDataFolder folder() {
    return new CloudDataFolder(data, project);
  }

  /** What Terraform's state says is deployed. */
  DeployedState state() {
    return DeploymentRecord.read(folder().outputs().read()).orElseThrow();
  }

  /** What the status of this machine says of a change. */
  Optional<ChangeStatus> change() {
    PreparedProject deployed = prepared();
    return new CloudState(folder(), deployed.project().placement(), deployed.topology(), Map.of())
        .get()
        .change();
  }

  /** The addresses of all that stands. */
  List<String> standing() {
    return Standing.addresses(data.resolve("cloud/terraform"));
  }
}
