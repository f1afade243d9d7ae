package io.twinloom.local.deploy;

import io.twinloom.deployer.CloudOperations;
import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.TargetPorts;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.local.Ambient;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.model.Device;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.plan.PlanJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The clouds of a twin that runs, what is deployed on them, and how that becomes another version of
 * the project. Other threads see either version whole.
 */
final class LiveTwin implements AutoCloseable {

  private final LocalDataFolder data;
  private final LocalWiring wiring;
  private final Journal journal;
  private final LocalClouds clouds;
  private final List<OptionStatus> options;
  private volatile Deployed deployed;

  /** A version of the project, what is written of it, and the twin that it is. */
  private record Deployed(PreparedProject project, DeployedState state, DeployedTwin twin) {}

  private LiveTwin(
      PreparedProject project,
      DeployedState state,
      LocalDataFolder data,
      LocalWiring wiring,
      Journal journal,
      LocalClouds clouds,
      List<OptionStatus> options) {
    this.data = data;
    this.wiring = wiring;
    this.journal = journal;
    this.clouds = clouds;
    this.options = options;
    this.deployed = new Deployed(project, state, twin(project));
  }

  /**
   * Starts the clouds.
   *
   * @param wanted a copy that is kept with the data
   */
  static LiveTwin start(
      PreparedProject wanted,
      LocalDataFolder data,
      LocalWiring wiring,
      Journal journal,
      LocalRun run) {
    Optional<DeployedState> before = data.deployed();
    DeployedState state =
        state(
            before,
            before.flatMap(
                b -> data.copies(wiring.environment(), wiring.clock()).find(b.project())),
            wanted);
    PreparedProject project = wanted.withRetired(List.copyOf(state.retired().values()));
    LocalOptions local = run.options();
    LocalClouds clouds =
        LocalClouds.start(
            spec(project, data, wiring), local, Ambient.of(wiring.clock(), wiring.random()));
    return new LiveTwin(
        project,
        state,
        data,
        wiring,
        journal,
        clouds,
        LocalState.options(run.shown(), run.chosen().withPorts(clouds, local)));
  }

  private static LocalTwinSpec spec(
      PreparedProject project, LocalDataFolder data, LocalWiring wiring) {
    TokenGenerator tokens = new TokenGenerator(wiring.random());
    return new LocalTwinSpec(
        project.project(),
        project.topology(),
        UserFunctions.of(project, data, wiring.environment(), wiring.clock(), wiring.progress()),
        (topology, endpoints) -> data.connections().connect(topology, endpoints, tokens),
        ProjectSecrets.of(project.source(), data, wiring.environment()),
        List.of(data.code()));
  }

  private DeployedTwin twin(PreparedProject project) {
    Placement placement = project.project().placement();
    String name = project.topology().twin();
    Map<Provider, CloudOperations> operations = new TreeMap<>();
    clouds
        .byProvider()
        .forEach(
            (provider, cloud) ->
                operations.put(
                    provider,
                    new LocalCloudOperations(
                        cloud,
                        project.project(),
                        clouds.moverOrders(),
                        clouds
                            .twinService()
                            .filter(t -> placement.l4().equals(Optional.of(provider))),
                        wiring.clock())));
    return new DeployedTwin(
        project,
        operations,
        new TargetPorts(
            () -> LocalState.of(clouds, options),
            data.connections(),
            new LocalTokenSwitch(clouds, name),
            () ->
                LocalVerificationTarget.of(
                    deviceChannel(clouds, placement), name, data, wiring.clock())),
        wiring.random());
  }

  private static URI deviceChannel(LocalClouds clouds, Placement placement) {
    LocalClouds.Endpoint endpoint = clouds.endpoints().get(placement.l1());
    if (endpoint == null) {
      throw new IllegalStateException("the cloud of layer 1 does not run");
    }
    return endpoint.mqtt();
  }

  LocalClouds clouds() {
    return clouds;
  }

  /** What is seen of it. */
  LocalLiveTwin seen() {
    return new LocalLiveTwin(clouds, this::project, data.log(), wiring.clock());
  }

  PreparedProject project() {
    return deployed.project();
  }

  DeployedTwin twin() {
    return deployed.twin();
  }

  /**
   * What is written of a version of the project.
   *
   * @param former the version that is deployed by now
   */
  private static DeployedState state(
      Optional<DeployedState> before, Optional<PreparedProject> former, PreparedProject next) {
    Placement placement = next.project().placement();
    SortedMap<String, String> code = new TreeMap<>();
    for (DeployedFunction function : next.topology().functions()) {
      next.codeOf(function).ifPresent(c -> code.put(function.name(), c.digest()));
    }
    List<Device> devices = former.map(f -> f.project().devices()).orElse(List.of());
    return before
        .map(b -> b.next(next.digest(), placement))
        .orElseGet(() -> DeployedState.first(next.digest(), placement))
        .retiring(devices, next.project().devices())
        .withCode(code);
  }

  /** Writes down what is deployed. */
  void write() {
    write(deployed.state(), project());
  }

  private void write(DeployedState state, PreparedProject project) {
    data.write(state);
    PrivateFiles.write(data.plan(), Json.bytes(PlanJson.of(project.topology())));
    journal.enter(Journal.State.DEPLOYED, project.digest());
  }

  /** Gives connections new tokens, while no version is exchanged. */
  synchronized RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    return twin().rotateTokens(connection, dropFormer);
  }

  /**
   * Becomes the version of this digest.
   *
   * @see io.twinloom.deployer.control.TwinControl#change
   */
  ChangeReport change(String digest) {
    return change(
        data.copies(wiring.environment(), wiring.clock())
            .find(digest)
            .orElseThrow(
                () ->
                    new TwinloomException(
                        LocalDeployError.LOCAL_NO_COPY,
                        "There is no copy of the project " + digest + ".",
                        data.path().toString(),
                        LocalDeployError.LOCAL_NO_COPY.fix())));
  }

  /** Becomes this version, which is a copy that is kept with the data. */
  synchronized ChangeReport change(PreparedProject wanted) {
    PreparedProject before = project();
    DeployedState state = state(Optional.of(deployed.state()), Optional.of(before), wanted);
    PreparedProject next = wanted.withRetired(List.copyOf(state.retired().values()));
    if (next.digest().equals(before.digest())) {
      return new ChangeReport(List.of(), List.of());
    }
    ProjectChange change = ProjectChange.between(before, next);
    if (!change.isLive()) {
      throw new TwinloomException(
          DeployerError.CHANGE_NOT_LIVE,
          "This takes more than a running twin can do: " + String.join("; ", change.all()) + ".",
          before.topology().twin(),
          DeployerError.CHANGE_NOT_LIVE.fix());
    }
    List<String> exchanged = clouds.change(spec(next, data, wiring));
    // Who asks the twin for it and then reads it finds no less than was answered.
    write(state, next);
    deployed = new Deployed(next, state, twin(next));
    return new ChangeReport(change.all(), exchanged);
  }

  @Override
  public void close() {
    clouds.close();
    journal.enter(Journal.State.ENDED, project().digest());
  }
}
