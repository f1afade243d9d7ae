package io.twinloom.deployer.cloud;

import static java.util.stream.Collectors.joining;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.Provisioner.Work;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes what is deployed: packages and tokens are made, the change is planned and confirmed, and
 * once it is applied addresses and keys are written down.
 */
final class CloudChange {

  /** More changes than this are only counted. */
  private static final int SHOWN = 5;

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final Journal journal;
  private final DeploymentLedger ledger;
  private final CloudTokens tokens;
  private final CloudSteps steps;

  CloudChange(CloudDataFolder folder, TargetWiring wiring, Journal journal) {
    this.folder = folder;
    this.wiring = wiring;
    this.journal = journal;
    this.ledger = new DeploymentLedger(folder.accounts());
    this.tokens = new CloudTokens(folder, wiring.tokens());
    this.steps = new CloudSteps(folder, ledger);
  }

  DeploymentLedger ledger() {
    return ledger;
  }

  CloudTokens tokens() {
    return tokens;
  }

  CloudSteps steps() {
    return steps;
  }

  /** Looks at what is planned before it is applied, and throws where it must not be. */
  @FunctionalInterface
  interface Approval {
    void of(Work work, PlannedChanges changes);
  }

  /**
   * Makes the clouds what a project says.
   *
   * @param tokensById of each connection: all that are valid, the one that is sent first
   */
  void apply(
      PreparedProject project,
      Map<String, String> tokensById,
      Accounts accounts,
      Confirmation confirmation,
      Progress progress) {
    Approval approval =
        (work, changes) -> {
          if (!confirmation.of(changes.losing(lost(work, changes)))) {
            throw new TwinloomException(
                DeployerError.CLOUD_DECLINED,
                "Nothing was changed.",
                project.topology().twin(),
                "Run it again, and agree, when these are the changes you want.");
          }
        };
    accounts.identify(ledger, progress);
    Work work = work(project, tokensById, accounts, progress);
    PlannedChanges changes = work.plan();
    if (!changes.isEmpty()) {
      approval.of(work, changes);
      journal.enter(State.DEPLOYING, project.digest());
      steps.undoThoseOver(project, accounts, progress);
      apply(work, changes, approval, progress);
    }
    writeDown(project, tokensById, work);
  }

  /** What holds data and goes by these changes. */
  private static List<StoredData> lost(Work work, PlannedChanges changes) {
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
    Work work = work(project, tokensById, accounts, progress);
    PlannedChanges changes = work.plan();
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
    Work work = work(project, tokens.of(project.topology()), accounts, progress);
    if (!work.plan().isEmpty()) {
      tokensAlone(work);
    }
  }

  private static void tokensAlone(Work work) {
    List<Change> others = work.besideTokens();
    if (!others.isEmpty()) {
      String first = others.stream().limit(SHOWN).map(Change::what).collect(joining(", "));
      String more = others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "";
      throw new TwinloomException(
          DeployerError.TOKENS_NOT_ALONE,
          "More than tokens would change: " + first + more + ". Nothing was changed.",
          "tokens",
          "Deploy the twin first, which shows the changes and asks; then rotate.");
    }
  }

  /** The digest of the project that is deployed, which a change of tokens leaves as it is. */
  String deployedDigest(PreparedProject project) {
    return journal.last().map(Journal.Entry::project).orElse(project.digest());
  }

  private void apply(Work work, PlannedChanges agreed, Approval approval, Progress progress) {
    try {
      new PatientApply(wiring.pause(), approval, progress).apply(work, agreed);
    } finally {
      folder.closeState();
    }
  }

  private void writeDown(PreparedProject project, Map<String, String> tokensById, Work work) {
    CloudOutputs outputs = CloudOutputs.of(work.outputs());
    outputs.keep(folder, wiring.clouds());
    tokens.connect(project.topology(), tokensById, outputs.endpoints());
  }

  /** What would be changed; changes nothing. */
  PlannedChanges plan(PreparedProject project, Accounts accounts, Progress progress) {
    accounts.identify(ledger, progress);
    return work(project, tokens.of(project.topology()), accounts, progress).plan();
  }

  private Work work(
      PreparedProject project,
      Map<String, String> tokensById,
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
