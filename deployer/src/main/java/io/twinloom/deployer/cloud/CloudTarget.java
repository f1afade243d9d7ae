package io.twinloom.deployer.cloud;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.TargetPorts;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The clouds as a target. What a deployment makes is known to Terraform's state and to the
 * deployment ledger before it is made, so that one which was cut off at any point is brought to its
 * end by deploying again, or undone by destroying.
 */
public final class CloudTarget implements Target {

  /** The target's name, as the user chooses it. */
  static final String NAME = "cloud";

  private final Path source;
  private final CloudDataFolder folder;
  private final Supplier<PreparedProject> prepared;
  private final TargetWiring wiring;
  private final Journal journal;
  private final CloudChange change;

  /**
   * @param source the project's folder or ZIP
   * @param data the twin's data folder
   * @param prepared the project, for what is asked of a twin that is deployed
   */
  public CloudTarget(
      Path source, Path data, Supplier<PreparedProject> prepared, TargetWiring wiring) {
    this.source = source;
    this.folder = new CloudDataFolder(data, source);
    this.prepared = prepared;
    this.wiring = wiring;
    this.journal = new Journal(folder.journal(), wiring.clock());
    this.change = new CloudChange(folder, wiring, journal);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Problem> check(Project project) {
    List<Problem> problems = new ArrayList<>(project.cloudSettings().problems());
    for (Provider cloud : cloudsOf(Topology.of(project))) {
      if (!wiring.clouds().containsKey(cloud)) {
        problems.add(
            new Problem(
                Problem.Severity.ERROR,
                DeployerError.CLOUD_NOT_THERE,
                "config_providers.json",
                1,
                "",
                "Twinloom cannot deploy to " + cloud.id() + " yet.",
                "Put its layers on another cloud, or run the twin locally: all clouds are there."));
      }
    }
    return problems;
  }

  /** Which clouds a twin has anything on. */
  public static Set<Provider> cloudsOf(Topology topology) {
    Set<Provider> clouds = new TreeSet<>();
    topology.functions().forEach(f -> clouds.add(f.cloud()));
    topology.stores().forEach(s -> clouds.add(s.cloud()));
    return clouds;
  }

  @Override
  public TwinControl deploy(PreparedProject project, Progress progress) {
    return deploy(project, ChangeOrder.of(project.digest()), false, progress);
  }

  /**
   * {@inheritDoc} Tiers that the project has on another cloud than they are on come there in
   * phases; where a change of that kind was cut off or stopped, it goes on.
   *
   * @param order what becomes of the data of these tiers; else up to 1 GiB is copied, more is left
   * @param counted whether what these tiers store is counted for the confirmation, and all read
   */
  public TwinControl deploy(
      PreparedProject project, ChangeOrder order, boolean counted, Progress progress) {
    for (Problem p : check(project.project())) {
      if (p.severity() == Problem.Severity.ERROR) {
        throw new TwinloomException(p.error(), p.message(), p.file(), p.fix());
      }
    }
    return change(project, order, counted, progress);
  }

  private TwinControl change(
      PreparedProject project, ChangeOrder order, boolean counted, Progress progress) {
    folder.make();
    sayWhatWasInterrupted(progress);
    return twin(orders().carryOut(project, order, counted, progress));
  }

  private CloudOrders orders() {
    return new CloudOrders(folder, wiring, journal, change, this::open);
  }

  /**
   * Takes back the change that is under way: brings the twin back to the version that it began
   * from, in phases of their own.
   *
   * @param project what the project's folder holds
   * @throws TwinloomException {@code TL-CHANGE-NONE} if none is under way
   */
  public TwinControl cancel(PreparedProject project, Progress progress) {
    return change(project, ChangeOrder.of(ChangeOrder.Action.CANCEL), false, progress);
  }

  /**
   * Ends what a former store of a tier is still used for.
   *
   * @param order names the tier
   */
  public TwinControl retire(PreparedProject project, ChangeOrder order, Progress progress) {
    return change(project, order, false, progress);
  }

  /**
   * Has the change that is under way stop between two phases, or two runs of the copy; deploying
   * goes on with it.
   *
   * @throws TwinloomException {@code TL-CHANGE-NONE} if none is under way
   */
  public void pause() {
    var unused =
        DeploymentRecord.read(folder.outputs().read())
            .map(NextState::underWay)
            .orElseThrow(NextState::none);
    folder.pause().write(JsonObject.EMPTY);
  }

  /** What the next {@link #deploy} would change; counts what moves, where that is wanted. */
  public PlannedChanges changes(PreparedProject project, boolean counted, Progress progress) {
    boolean wasThere = folder.exists();
    folder.make();
    try {
      return orders().plan(project, counted, progress);
    } finally {
      if (!wasThere) {
        folder.removeUnused();
      }
    }
  }

  private void sayWhatWasInterrupted(Progress progress) {
    journal
        .interrupted()
        .ifPresent(
            e ->
                progress.step(
                    "An earlier "
                        + (e.state() == State.DEPLOYING ? "deployment" : "removal")
                        + " was interrupted: going on from where it stood"));
  }

  @Override
  public boolean destroy(boolean deleteData, Progress progress) {
    return destroy(deleteData ? DataRemoval.ALL : DataRemoval.NONE, progress).removed();
  }

  /**
   * What a removal came to.
   *
   * @param removed whether anything was there that could go
   * @param kept what stays, since it holds data
   */
  public record Removed(boolean removed, List<StoredData> kept) {
    public Removed {
      kept = List.copyOf(kept);
    }
  }

  /**
   * Removes the twin from its clouds, but for what holds data and may not go.
   *
   * @throws TwinloomException if something cannot be removed; destroying again goes on from there
   */
  public Removed destroy(DataRemoval removal, Progress progress) {
    if (!folder.exists() || journal.last().filter(e -> e.state() == State.ENDED).isPresent()) {
      return new Removed(false, List.of());
    }
    try (Accounts accounts = open(Set.copyOf(change.ledger().clouds()));
        LockFile lock = DeploymentLock.take(folder)) {
      sayWhatWasInterrupted(progress);
      return new CloudRemoval(folder, wiring, journal, change).remove(removal, accounts, progress);
    }
  }

  private Accounts open(Set<Provider> clouds) {
    Map<Provider, CloudAccount> opened = new TreeMap<>();
    for (Provider cloud : clouds) {
      CloudSupport support = wiring.clouds().get(cloud);
      if (support != null) {
        CloudCredentials credentials = CloudCredentials.of(source, cloud, wiring.environment());
        opened.put(cloud, support.open(credentials, wiring.clock()));
      }
    }
    return new Accounts(opened);
  }

  @Override
  public Optional<Map<String, JsonObject>> deviceAccess(Project project) {
    return isDeployed()
        ? Optional.of(CloudDeviceAccess.of(project, DeviceIndex.of(folder)))
        : Optional.empty();
  }

  /** Whether a deployment was begun here, and not ended: then something may be on the clouds. */
  public boolean isBegun() {
    return folder.exists() && journal.last().filter(e -> e.state() == State.ENDED).isEmpty();
  }

  @Override
  public Optional<TwinControl> deployed() {
    return isDeployed()
        ? Optional.of(twin(change.deployed().orElseGet(prepared)))
        : Optional.empty();
  }

  private boolean isDeployed() {
    return journal.last().filter(e -> e.state() == State.DEPLOYED).isPresent();
  }

  private DeployedTwin twin(PreparedProject project) {
    Accounts accounts = open(Set.copyOf(change.ledger().clouds()));
    Map<Provider, AccountOperations> clouds = accounts.operations(project, folder.outputs().read());
    CloudLog log = new CloudLog(project.topology(), clouds, wiring.clock());
    CloudTokenSwitch tokens =
        new CloudTokenSwitch(
            project,
            folder,
            change,
            journal,
            wiring.pause(),
            () -> open(cloudsOf(project.topology())));
    Pause pause = Pause.sleeping("Verifying was interrupted.", "Run it again.");
    return new DeployedTwin(
        project,
        clouds,
        new TargetPorts(
            new CloudState(folder, project.project(), project.topology(), clouds)::get,
            folder.connections(),
            tokens,
            () ->
                new CloudVerificationTarget(
                    new CloudDevices(folder, wiring.clouds()), log, wiring.clock(), pause)),
        wiring.random());
  }

  @Override
  public TwinloomException absent(String named) {
    return new TwinloomException(
        DeployerError.CLOUD_NOT_DEPLOYED,
        journal
            .interrupted()
            .map(e -> "The twin is only partly deployed: its last change was interrupted.")
            .orElse("The twin is not deployed to the clouds."),
        folder.path().toString(),
        "Deploy it with 'twinloom deploy "
            + named
            + " --target cloud', or name its data folder with --data.");
  }

  @Override
  public List<String> warnings() {
    return journal
        .interrupted()
        .map(
            e ->
                e.state() == State.DEPLOYING
                    ? "A deployment was interrupted: deploy again to bring it to its end, or"
                        + " destroy to undo it."
                    : "A removal was interrupted: destroy again to bring it to its end.")
        .map(List::of)
        .orElse(List.of());
  }

  @Override
  public Optional<JsonObject> plan() {
    return folder.plan().find();
  }

  @Override
  public Optional<String> projectDigest() {
    return journal.last().map(Journal.Entry::project);
  }

  @Override
  public Connections connections() {
    return folder.connections().read();
  }

  @Override
  public Optional<DeviceClient> devices(String clientId) {
    return isDeployed() ? Optional.of(new CloudDevices(folder, wiring.clouds())) : Optional.empty();
  }

  @Override
  public void logs(LogQuery query, Consumer<LogLine> lines) {
    if (!isDeployed()) {
      throw absent(source.toString());
    }
    PreparedProject project = change.deployed().orElseGet(prepared);
    try (Accounts accounts = open(Set.copyOf(change.ledger().clouds()))) {
      new CloudLog(
              project.topology(),
              accounts.operations(project, folder.outputs().read()),
              wiring.clock())
          .show(query, lines);
    }
  }
}
