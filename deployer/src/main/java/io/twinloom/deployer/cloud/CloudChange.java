package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformFiles;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.topology.FunctionId;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes what is deployed: packages and tokens are made, the change is planned and confirmed, and
 * once it is applied addresses and keys are written down.
 */
final class CloudChange {

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final Journal journal;
  private final DeploymentLedger ledger;
  private final CloudTokens tokens;
  private final CloudSteps steps;
  private final DeployedProjects projects;

  CloudChange(CloudDataFolder folder, TargetWiring wiring, Journal journal) {
    this.folder = folder;
    this.wiring = wiring;
    this.journal = journal;
    this.ledger = new DeploymentLedger(folder.accounts());
    this.tokens = new CloudTokens(folder, wiring.tokens());
    this.steps = new CloudSteps(folder, ledger);
    this.projects = new DeployedProjects(folder, wiring);
  }

  DeployedProjects projects() {
    return projects;
  }

  DeploymentLedger ledger() {
    return ledger;
  }

  CloudTokens tokens() {
    return tokens;
  }

  /** What is deployed, in the layout that it is in; empty where no copy of it is known here. */
  Optional<PreparedProject> deployed() {
    JsonObject outputs = folder.outputs().read();
    return DeploymentRecord.read(outputs)
        .flatMap(
            state ->
                projects
                    .find(state.project())
                    .map(version -> DeploymentRecord.inLayout(state, version, outputs)));
  }

  CloudSteps steps() {
    return steps;
  }

  /** Looks at what is planned before it is applied, and throws where it must not be. */
  @FunctionalInterface
  interface Approval {
    void of(TerraformWork work, PlannedChanges changes);
  }

  /**
   * What the last apply gave out, on whichever machine it was made; what a deployment of another
   * machine knows of tokens is taken over.
   *
   * @param project whose backend says where the state is
   */
  JsonObject recorded(PreparedProject project, Accounts accounts, Progress progress) {
    JsonObject outputs =
        wiring
            .provisioner()
            .recorded(accounts.order(folder.terraform(), tokens.all()), backend(project), progress);
    tokens.adopt(outputs.object("tokens").orElse(JsonObject.EMPTY));
    if (!outputs.members().isEmpty()) {
      CloudOutputs.of(outputs).keep(folder, wiring.clouds());
    }
    return outputs;
  }

  private static Optional<JsonObject> backend(PreparedProject project) {
    try (ProjectFiles files = ProjectSource.open(project.source())) {
      return TerraformFiles.backendOf(files);
    } catch (IOException e) {
      throw new TwinloomException(
          ModelError.PROJECT_UNREADABLE,
          "The project cannot be read: " + FileFailure.reason(e) + ".",
          project.source().toString(),
          ModelError.PROJECT_UNREADABLE.fix(),
          e);
    }
  }

  /**
   * One step towards another version or layout.
   *
   * @param tokensById of each connection: all that are valid, the one that is sent first
   * @param settings what is particular to it; its record is applied also where nothing else changes
   * @param approval is asked before anything is applied
   * @param before what is deployed, where that is known: what may go by the step is made removable
   *     in an apply of its own
   * @param emptied what holds data, as {@code CLOUD:NAME}, and is empty by now: it goes locked, so
   *     that what came since is not lost
   * @param begun is run before anything is changed, where something is
   */
  record Step(
      PreparedProject project,
      Map<String, String> tokensById,
      ApplySettings settings,
      Approval approval,
      Optional<PreparedProject> before,
      Set<String> emptied,
      Runnable begun) {}

  /** Makes the clouds what a step says. */
  void apply(Step step, Accounts accounts, Progress progress) {
    ApplySettings settings = step.settings();
    applyOnce(step, settings, accounts, progress);
    // A receiver that calls another one has an address only once that is there.
    Map<FunctionId, URI> known = CloudOutputs.endpoints(folder.outputs().read());
    if (ReceiverAddresses.of(step.project()).differ(settings.endpoints(), known)) {
      applyOnce(step, settings.with(known), accounts, progress);
    }
  }

  private void applyOnce(Step step, ApplySettings settings, Accounts accounts, Progress progress) {
    PreparedProject project = step.project();
    TerraformWork work = work(project, step.tokensById(), settings, accounts, progress);
    PlannedChanges changes = work.plan();
    DeploymentRecord.refuseOther(folder.outputs().read(), work.outputs());
    if (!changes.isEmpty()) {
      step.approval().of(work, changes);
      step.begun().run();
      steps.undoThoseOver(project, accounts, progress);
      List<StoredData> lost =
          lost(work, changes).stream().filter(data -> !step.emptied().contains(data.id())).toList();
      if (!lost.isEmpty() && step.before().isPresent()) {
        unprotect(step.before().get(), lost, accounts, progress);
        work = work(project, step.tokensById(), settings, accounts, progress);
        changes = work.plan();
        step.approval().of(work, changes);
      }
      apply(work, changes, step.approval(), progress);
    } else if (isNews(settings)) {
      step.approval().of(work, changes);
      work.apply();
      folder.closeState();
    }
    writeDown(project, step.tokensById(), work);
  }

  /** What an apply is given beside the project. */
  GivenSettings given() {
    return new GivenSettings(folder, projects);
  }

  /** Unlocks what is about to be removed: everything that holds data is locked. */
  private void unprotect(
      PreparedProject deployed, List<StoredData> lost, Accounts accounts, Progress progress) {
    Set<String> stores = lost.stream().map(StoredData::id).collect(Collectors.toSet());
    TerraformWork work =
        work(
            deployed,
            tokens.of(deployed.topology()),
            GivenSettings.unlocking(given().asApplied(), stores),
            accounts,
            progress);
    PlannedChanges changes = work.plan();
    if (!changes.isEmpty()) {
      refuseRemovals(changes);
      apply(work, changes, (again, rest) -> refuseRemovals(rest), progress);
    }
  }

  private static void refuseRemovals(PlannedChanges changes) {
    if (changes.removed() > 0) {
      throw new TwinloomException(
          DeployerError.CLOUD_UNPLANNED,
          "Unlocking what may go would remove "
              + changes.removed()
              + " things. Nothing was changed.",
          "",
          DeployerError.CLOUD_UNPLANNED.fix());
    }
  }

  /** Whether what is written of the deployment is other than before. */
  private boolean isNews(ApplySettings settings) {
    Optional<JsonObject> known = folder.outputs().read().object(DeploymentRecord.NAME);
    return settings
        .deployment()
        .filter(record -> !DeploymentRecord.isSame(known, record))
        .isPresent();
  }

  /** What holds data and goes by these changes. */
  static List<StoredData> lost(TerraformWork work, PlannedChanges changes) {
    Set<String> addresses =
        changes.losses().stream().map(Change::address).collect(Collectors.toSet());
    return addresses.isEmpty()
        ? List.of()
        : work.stored().stream().filter(data -> addresses.contains(data.address())).toList();
  }

  /**
   * Gives the functions other tokens, and changes nothing else.
   *
   * @throws TwinloomException if more would change; then nothing was changed
   */
  void switchTokens(
      PreparedProject project,
      Map<String, String> tokensById,
      Accounts accounts,
      Progress progress) {
    accounts.identify(ledger, progress);
    TerraformWork work = work(project, tokensById, given().asApplied(), accounts, progress);
    PlannedChanges changes = work.plan();
    DeploymentRecord.refuseOther(folder.outputs().read(), work.outputs());
    if (!changes.isEmpty()) {
      tokensAlone(work);
      journal.enter(State.DEPLOYING, deployedDigest(project));
      apply(work, changes, (again, rest) -> tokensAlone(again), progress);
    }
    writeDown(project, tokensById, work);
  }

  /**
   * Looks whether the project is what is deployed, but for tokens; changes nothing.
   *
   * @throws TwinloomException if it is not
   */
  void checkTokensAlone(PreparedProject project, Accounts accounts, Progress progress) {
    accounts.identify(ledger, progress);
    TerraformWork work =
        work(project, tokens.of(project.topology()), given().asApplied(), accounts, progress);
    if (!work.plan().isEmpty()) {
      tokensAlone(work);
    }
  }

  private static void tokensAlone(TerraformWork work) {
    List<Change> others = work.besideTokens();
    if (!others.isEmpty()) {
      throw new TwinloomException(
          DeployerError.TOKENS_NOT_ALONE,
          "More than tokens would change: "
              + PlannedChanges.words(others)
              + ". Nothing was changed.",
          "tokens",
          "Deploy the twin first, which shows the changes and asks; then rotate.");
    }
  }

  /** The digest of the project that is deployed, which a change of tokens leaves as it is. */
  String deployedDigest(PreparedProject project) {
    return journal.last().map(Journal.Entry::project).orElse(project.digest());
  }

  private void apply(
      TerraformWork work, PlannedChanges agreed, Approval approval, Progress progress) {
    try {
      new PatientApply(wiring.pause(), approval, progress).apply(work, agreed);
    } finally {
      folder.closeState();
    }
  }

  private void writeDown(
      PreparedProject project, Map<String, String> tokensById, TerraformWork work) {
    CloudOutputs outputs = CloudOutputs.of(work.outputs());
    outputs.keep(folder, wiring.clouds());
    tokens.connect(project.topology(), tokensById, outputs.endpoints());
  }

  /** What would be changed; changes nothing. */
  PlannedChanges plan(
      PreparedProject project, ApplySettings settings, Accounts accounts, Progress progress) {
    TerraformWork work = work(project, tokens.of(project.topology()), settings, accounts, progress);
    PlannedChanges changes = work.plan();
    return changes.losing(lost(work, changes));
  }

  /** What of the twin holds data. */
  List<StoredData> stored(PreparedProject project, Accounts accounts, Progress progress) {
    return work(project, tokens.of(project.topology()), given().asApplied(), accounts, progress)
        .stored();
  }

  private TerraformWork work(
      PreparedProject project,
      Map<String, String> tokensById,
      ApplySettings settings,
      Accounts accounts,
      Progress progress) {
    CloudVariables.Made made =
        wiring
            .variables()
            .make(
                project,
                new CloudVariables.Place(folder.terraform(), folder.packages()),
                tokensById,
                accounts.regions(),
                settings,
                progress);
    return wiring
        .provisioner()
        .prepare(
            accounts.order(folder.terraform(), tokens.all()),
            project.project().placement(),
            made.variables(),
            made.backend(),
            progress);
  }
}
