package io.twinloom.local.deploy;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.ProjectChange.Effect;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.local.Ambient;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.topology.plan.PlanJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The clouds of a twin that runs, what is deployed on them, and how that becomes another version of
 * the project. Other threads see either version whole.
 */
final class LiveTwin implements ChangeRunner.Twin, AutoCloseable {

  private final LocalDataFolder data;
  private final LocalWiring wiring;
  private final Journal journal;
  private final LocalClouds clouds;
  private final AskedTwin asked;
  private final VersionExchange exchange;
  private final ChangeRunner runner;
  private final Optional<MqttSecurity> security;
  private volatile Deployed deployed;

  /** Guarded by the monitor. */
  private final Settling settling;

  /** A version of the project, what is written of it, and the twin that it is. */
  private record Deployed(PreparedProject project, DeployedState state, DeployedTwin twin) {}

  private LiveTwin(
      PreparedProject first,
      PreparedProject wanted,
      DeployedState state,
      LocalDataFolder data,
      LocalWiring wiring,
      Journal journal,
      LocalClouds clouds,
      LocalRun run) {
    this.security = run.options().mqttSecurity();
    this.data = data;
    this.wiring = wiring;
    this.journal = journal;
    this.clouds = clouds;
    this.exchange = new VersionExchange(VersionExchange.Running.on(clouds, data, wiring));
    this.asked = AskedTwin.on(clouds, data, wiring, run);
    this.deployed = new Deployed(first, state, twin(first));
    this.settling =
        new Settling(
            exchange,
            data.formerSettings(),
            Optional.of(wanted).filter(p -> !state.inLayout(p).equals(first)));
    this.runner = new ChangeRunner(this, wiring.clock(), ChangeRunner.Pace.USUAL);
  }

  /** Goes on with a change that is under way, and with those that begin later. */
  void goOn() {
    runner.start();
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
    ProjectCopies copies = data.copies(wiring.environment(), wiring.clock());
    Optional<PreparedProject> deployed = before.flatMap(b -> copies.find(b.project()));
    DeployedState state =
        NextState.of(
            ChangePlan.MOVING,
            before,
            deployed,
            wanted,
            run.order().with(wanted.digest()),
            wiring.newId(),
            wiring.clock().instant());
    PreparedProject starting = data.formerSettings().starting(wanted, deployed);
    if (state.change().isPresent()) {
      // It starts in the first phase, which is one only once it is written down.
      data.write(state);
    }
    PreparedProject first = state.inLayout(starting);
    List<PreparedProject> former =
        data.former().before(wanted, deployed, copies).stream().map(state::inLayout).toList();
    LocalClouds clouds =
        LocalClouds.start(
            TwinSpecs.of(first, former, data, wiring),
            run.options(),
            Ambient.of(wiring.clock(), wiring.random()));
    return new LiveTwin(first, wanted, state, data, wiring, journal, clouds, run);
  }

  private DeployedTwin twin(PreparedProject project) {
    return asked.of(project, this::openChange);
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

  /** Writes down what is deployed. */
  synchronized void write() {
    write(deployed.state(), project(), settling.isOver());
  }

  private void write(DeployedState state, PreparedProject project, boolean settled) {
    data.write(state);
    if (settled) {
      data.formerSettings().clear();
    }
    data.moveDevices(project.project().placement().l1());
    PrivateFiles.write(data.plan(), Json.bytes(PlanJson.of(project.topology())));
    journal.enter(Journal.State.DEPLOYED, project.digest());
  }

  /** Gives connections new tokens, while no version is exchanged. */
  synchronized RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    return twin().rotateTokens(connection, dropFormer);
  }

  /** Becomes the version of this digest, as {@code TwinControl.change} says. */
  ChangeReport change(ChangeOrder order) {
    return change(copy(order.project()), order);
  }

  private PreparedProject copy(String digest) {
    return data.copies(wiring.environment(), wiring.clock())
        .find(digest)
        .orElseThrow(() -> data.noCopy("There is no copy of the project " + digest + "."));
  }

  /** Becomes this version, which is a copy that is kept with the data. */
  synchronized ChangeReport change(PreparedProject wanted, ChangeOrder order) {
    PreparedProject before = project();
    if (wanted.digest().equals(before.digest())) {
      runner.goOn();
      return new ChangeReport(List.of(), List.of());
    }
    security.ifPresent(users -> BoundDevices.check(wanted.project(), users));
    DeployedState state =
        NextState.of(
            ChangePlan.MOVING,
            Optional.of(deployed.state()),
            Optional.of(before),
            wanted,
            order,
            wiring.newId(),
            wiring.clock().instant());
    // The tiers stay where they are until the phases of the change move them.
    PreparedProject next =
        NextState.withoutMoves(ChangePlan.MOVING, state.with(Optional.empty()), wanted);
    ProjectChange change = ProjectChange.between(before, next);
    List<String> exchanged = become(next, state, change);
    List<String> moves = ProjectChange.between(next, wanted).of(Effect.MOVE);
    return new ChangeReport(
        Stream.concat(change.all().stream(), moves.stream()).toList(), exchanged);
  }

  /**
   * Becomes a version in the layout that the twin is in.
   *
   * @param state what is written of it
   */
  private List<String> become(PreparedProject next, DeployedState state, ProjectChange change) {
    if (!change.needsNoRestart()) {
      throw new TwinloomException(
          DeployerError.CHANGE_NOT_LIVE,
          "This takes more than a running twin can do: " + String.join("; ", change.all()) + ".",
          next.topology().twin());
    }
    data.former().replacing(project(), next);
    List<String> exchanged = exchange.to(next, project(), VersionExchange.LONGEST);
    // Who asks the twin for it and then reads it finds no less than was answered.
    write(state, next, true);
    settling.end();
    deployed = new Deployed(next, state, twin(next));
    runner.goOn();
    return exchanged;
  }

  /** Stops the change between two phases. An exchange may hold the monitor: this does not wait. */
  ChangeReport pause() {
    runner.pause(NextState.underWay(deployed.state()).id());
    return new ChangeReport(List.of(), List.of());
  }

  /** Takes the change back that is under way: goes to the version that it began from. */
  synchronized ChangeReport cancel() {
    DeployedState state = deployed.state();
    PreparedProject back = copy(NextState.underWay(state).from());
    DeployedState cancelled =
        NextState.cancelled(
            ChangePlan.MOVING, state, back, wiring.newId(), wiring.clock().instant());
    PreparedProject next =
        state.layout(project().project().placement()).of(cancelled.retiringOf(back));
    ProjectChange change = ProjectChange.between(project(), next);
    return new ChangeReport(change.all(), become(next, cancelled, change));
  }

  /** Ends what a layer still has on a former cloud. */
  synchronized ChangeReport retire(ChangeOrder order) {
    FormerUse use = new FormerUse(clouds, wiring.clock());
    use.refuseUsed(deployed.state(), project().project().placement(), order);
    DeployedState state =
        NextState.retiring(
            deployed.state(),
            project(),
            order,
            use::isEmpty,
            wiring.newId(),
            wiring.clock().instant());
    data.write(state);
    deployed = new Deployed(project(), state, twin());
    runner.goOn();
    return new ChangeReport(List.of(), List.of());
  }

  @Override
  public Optional<Change> openChange() {
    return deployed.state().change();
  }

  @Override
  public synchronized Optional<CompletableFuture<Void>> enter(Change change) {
    if (!note(change)) {
      return Optional.empty();
    }
    PreparedProject next = deployed.state().inLayout(project());
    var unused = exchange.to(next, project(), VersionExchange.LONGEST);
    write(deployed.state(), next, settling.isOver());
    deployed = new Deployed(next, deployed.state(), twin(next));
    return Optional.of(exchange.former());
  }

  @Override
  public synchronized boolean note(Change change) {
    if (openChange().filter(open -> open.id().equals(change.id())).isEmpty()) {
      return false;
    }
    DeployedState state = deployed.state().with(Optional.of(change));
    data.write(state);
    deployed = new Deployed(project(), state, twin());
    return true;
  }

  @Override
  public void failed(String why) {
    clouds.byProvider().values().stream()
        .findFirst()
        .ifPresent(cloud -> cloud.warn("What is due on the twin is tried again: " + why));
  }

  @Override
  public PhaseOutcome work(Change change) {
    return new PhaseWork(clouds, project(), data.connections().read()).run(change);
  }

  /** A former store that was left, and has become empty, is not needed any more. */
  @Override
  public synchronized void beginWhatIsDue() {
    if (!clouds.hasFormerFunctions()) {
      data.former().clear();
    }
    DeployedState state = deployed.state();
    DeployedState next =
        NextState.retiringEmpty(
            state,
            project(),
            store -> FormerStore.of(clouds, store).isEmpty(),
            wiring.newId(),
            wiring.clock().instant());
    if (!next.equals(state)) {
      data.write(next);
      deployed = new Deployed(project(), next, twin());
    }
    if (next.change().isEmpty()) {
      settling
          .look(next, project(), this::failed)
          .ifPresent(version -> deployed = new Deployed(version, next, twin(version)));
    }
  }

  /** Forgets the connections that are no more, too. */
  @Override
  public synchronized void finish(Change change) {
    if (!note(change)) {
      return;
    }
    DeployedState state = deployed.state().changed();
    write(state, project(), settling.isOver());
    deployed = new Deployed(project(), state, twin());
    Set<String> gone = new HashSet<>(data.connections().read().byId().keySet());
    project().topology().connections().forEach(c -> gone.remove(c.id()));
    data.connections().forget(gone);
  }

  @Override
  public void close() {
    runner.close();
    clouds.close();
    journal.enter(Journal.State.ENDED, project().digest());
  }
}
