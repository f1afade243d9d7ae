package io.twinloom.local.deploy;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LogSelection;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.ProjectCopies;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DataImpact;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.StoreNames;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.client.ControlClient;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Three clouds on this machine as a target: in this process with {@link #up}, or in one in the
 * background with {@link #deploy}.
 */
public final class LocalTarget implements Target {

  static final String NAME = "local";

  private final LocalDataFolder data;
  private final LocalRun run;
  private final LocalWiring wiring;
  private final Journal journal;

  /**
   * @param run how it runs, where it is started
   */
  public LocalTarget(LocalRun run, LocalWiring wiring) {
    this.data = new LocalDataFolder(run.options().data());
    this.run = run;
    this.wiring = wiring;
    this.journal = new Journal(data.journal(), wiring.clock());
  }

  /** Where a project's data is when nothing else is said: in its folder, or beside its ZIP. */
  public static Path dataOf(Path project) {
    return LocalDataFolder.of(project.toAbsolutePath());
  }

  /** What the target knows of a twin that does not run. */
  public TargetState stopped(List<String> warnings) {
    return TargetState.of(NAME)
        .warnings(warnings)
        .options(LocalState.options(run.shown(), data.runOptions()))
        .build();
  }

  /** The options that the twin of a data folder was last started with. */
  public static RunOptions optionsOf(Path data) {
    return new LocalDataFolder(data).runOptions();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Problem> check(Project project) {
    return LocalDifferences.of(project);
  }

  /**
   * Runs the twin in this process; it is ready when this returns. What runs is a copy of the
   * project, which is kept with the data.
   *
   * @param stop what is to happen when another command asks it to end; takes which one
   */
  public RunningTwin up(PreparedProject project, Consumer<String> stop) {
    data.format().check();
    deployedVersion().refuseRenamed(project);
    StoreNames.refuseUnknown(project.topology(), run.order().dataToDelete());
    data.make();
    return start(copies().keep(project), project.source(), stop);
  }

  /**
   * As {@link #up}, with the project that is deployed or was about to be, whatever its folder holds
   * by now.
   *
   * @param home where the project's own files are, which are never those of the copy
   * @throws TwinloomException if there is none
   */
  public RunningTwin upDeployed(Path home, Consumer<String> stop) {
    data.format().check();
    PreparedProject copy =
        data.openChange()
            .map(Change::to)
            .or(() -> journal.last().map(Journal.Entry::project))
            .flatMap(digest -> copies().find(digest))
            .orElseThrow(() -> data.noCopy("There is no copy of the deployed project."));
    return start(copy, home, stop);
  }

  /**
   * @param home where the project's own files are
   */
  private RunningTwin start(PreparedProject project, Path home, Consumer<String> stop) {
    RunningTwin twin =
        RunningTwin.start(project, data, run, journal, wiring, new Served(this, home, stop));
    List<PreparedProject> used = new ArrayList<>(data.copiesInUse(copies()));
    used.add(project);
    copies().retain(used);
    return twin;
  }

  private ProjectCopies copies() {
    return data.copies(wiring.environment(), wiring.clock());
  }

  /**
   * The project that the twin was last deployed as; empty where it never was, or by a version that
   * kept no copy.
   */
  public Optional<PreparedProject> deployedProject() {
    return data.deployed().flatMap(state -> copies().find(state.project()));
  }

  private DeployedVersion deployedVersion() {
    return new DeployedVersion(deployedProject(), plan().flatMap(plan -> plan.text("twin")));
  }

  /** What deploying this version of the project would change; empty where none is deployed. */
  public Optional<ProjectChange> change(PreparedProject wanted) {
    return deployedVersion().change(wanted);
  }

  /** That version as it is once it is deployed: what earlier changes have left is there still. */
  public PreparedProject withFormer(PreparedProject wanted) {
    return data.deployed()
        .map(state -> NextState.withFormer(ChangePlan.MOVING, state, wanted))
        .orElse(wanted);
  }

  /** The change that is under way, whether the twin runs or not. */
  public Optional<ChangeStatus> openChange() {
    return data.openChange().map(Change::status);
  }

  /** What that would do to data that is stored. */
  public List<TouchedData> touched(PreparedProject wanted) {
    return deployedVersion()
        .touched(
            wanted,
            run.order().modes(),
            data.path(),
            run.options().dayLength(),
            wiring.clock().instant());
  }

  /** What of a deployment is confirmed apart; empty where that is nothing. */
  public Optional<DataImpact> impact(PreparedProject wanted) {
    return change(wanted)
        .filter(change -> !change.confirmedApart().isEmpty() && interrupted(wanted).isEmpty())
        .map(change -> new DataImpact(change, touched(wanted)));
  }

  /**
   * The folder with the copy of the project that the twin was last deployed as, if there is one.
   */
  public static Optional<Path> deployedCopy(Path data) {
    return new LocalDataFolder(data).deployedCopy();
  }

  /** The change in which a twin ended that does not run, where it leads to another version. */
  public Optional<InterruptedChange> interrupted(PreparedProject wanted) {
    return InterruptedChange.of(data, wanted);
  }

  @Override
  public TwinControl deploy(PreparedProject asked, Progress progress) {
    data.format().check();
    deployedVersion().refuseRenamed(asked);
    StoreNames.refuseUnknown(asked.topology(), run.order().dataToDelete());
    Optional<InterruptedChange> interrupted = interrupted(asked);
    interrupted.ifPresent(change -> progress.step(change.text()));
    PreparedProject wanted =
        interrupted.flatMap(change -> copies().find(change.version())).orElse(asked);
    deployedVersion().refuseImpossible(data.deployed(), wanted, run.order(), wiring);
    data.make();
    PreparedProject project = copies().keep(wanted);
    Optional<Journal.Entry> last = journal.last();
    Optional<Endpoints> running = data.running();
    if (running.isPresent()) {
      boolean sameProject =
          last.filter(e -> e.state() == State.DEPLOYED && e.project().equals(project.digest()))
              .isPresent();
      boolean sameOptions = data.runOptions().isSameChoice(run.chosen());
      if (sameProject && sameOptions) {
        progress.step("It runs already, as the project says, in process " + pid(running.get()));
        return new RunningChange(data, run, running.get()).goOn(project, progress);
      }
      if (sameOptions
          && new RunningChange(data, run, running.get())
              .makeLive(project, change(project), progress)) {
        return RunningProcess.followed(data, running.get(), progress);
      }
      RestartCheck.check(project, run.options(), running.get());
      String changed =
          sameProject
              ? "The options have changed"
              : "The project has changed" + (sameOptions ? "" : ", and so have the options");
      progress.step(changed + ": ending process " + pid(running.get()));
      RunningProcess.end(data, running.get(), "deploy");
    } else if (last.filter(e -> e.state() == State.DEPLOYING).isPresent()) {
      progress.step("An earlier deployment was interrupted: it is made anew, on the data it has");
    }
    // Here, where somebody sees it: the process in the background finds them installed.
    UserFunctions.install(project, data, wiring.environment(), wiring.clock(), progress::step);
    journal.enter(State.DEPLOYING, project.digest());
    BackgroundProcess process = BackgroundProcess.start(run.background(), data);
    progress.step("Starting in process " + process.pid());
    try {
      Endpoints ready = process.awaitReady();
      progress.step("Ready");
      return new RunningChange(data, run, ready).goOn(project, progress);
    } catch (InterruptedException e) {
      throw RunningProcess.interrupted(data);
    }
  }

  /** Reports on a change of the twin that runs, until it is over or stopped. */
  public void follow(Progress progress) {
    data.running().ifPresent(running -> RunningProcess.followed(data, running, progress));
  }

  @Override
  public boolean destroy(boolean deleteData, Progress progress) {
    Optional<Endpoints> running = data.running();
    running.ifPresent(
        r -> {
          progress.step("Ending process " + pid(r));
          RunningProcess.end(data, r, "destroy");
        });
    boolean there = running.isPresent() || data.written().isPresent();
    if (there) {
      data.removeEndpoints();
    }
    if (deleteData) {
      there |= Files.isDirectory(data.path());
      data.delete();
      progress.step("Deleted " + data.path());
    }
    return there;
  }

  @Override
  public Optional<TwinControl> deployed() {
    return client().map(c -> c);
  }

  /** Asks the twin that runs there now, in its process. */
  public Optional<ControlClient> client() {
    return data.running().map(RunningProcess::client);
  }

  @Override
  public TwinloomException absent(String named) {
    return lastProcess().absent(named);
  }

  @Override
  public List<String> warnings() {
    return lastProcess().warnings();
  }

  /** The process that said it runs this twin, and does not any more: it was killed. */
  public Optional<Long> killed() {
    return lastProcess().killed();
  }

  private LastProcess lastProcess() {
    return new LastProcess(data);
  }

  @Override
  public Optional<JsonObject> plan() {
    return LocalDataFolder.read(data.plan());
  }

  @Override
  public Optional<String> projectDigest() {
    return journal.last().map(Journal.Entry::project);
  }

  @Override
  public Connections connections() {
    return data.connections().read();
  }

  @Override
  public Optional<DeviceClient> devices(String clientId) {
    return data.running()
        .map(e -> MqttDeviceClient.connect(e.deviceChannel(), data.access(), e.twin(), clientId));
  }

  @Override
  public Optional<Map<String, JsonObject>> deviceAccess(Project project) {
    return data.running().map(e -> DeviceAccess.of(project, e, data.access()));
  }

  @Override
  public void logs(LogQuery query, Consumer<LogLine> lines) {
    new LocalLogs(data.log())
        .read(query, plan().map(LogSelection::readers).orElse(Set.of()), lines);
  }

  /** Where each cloud of the running twin is reached; empty where it does not run. */
  public Map<Provider, LocalClouds.Endpoint> endpoints() {
    return data.running().map(Endpoints::clouds).orElse(Map.of());
  }

  /** What {@code endpoints.json} says of the running twin; empty where it does not run. */
  public JsonObject endpointsJson() {
    return data.running().map(Endpoints::toJson).orElse(JsonObject.EMPTY);
  }

  private static long pid(Endpoints endpoints) {
    return endpoints.process().pid();
  }
}
