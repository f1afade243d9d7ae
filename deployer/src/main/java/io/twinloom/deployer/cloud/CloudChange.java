package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.Provisioner.Work;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.model.TwinloomException;
import java.util.Map;

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
    accounts.identify(ledger, progress);
    Work work = work(project, tokensById, accounts, progress);
    PlannedChanges changes = work.plan();
    if (!changes.isEmpty()) {
      if (!confirmation.of(changes)) {
        throw new TwinloomException(
            DeployerError.CLOUD_DECLINED,
            "Nothing was changed.",
            project.topology().twin(),
            "Run it again, and agree, when these are the changes you want.");
      }
      journal.enter(State.DEPLOYING, project.digest());
      steps.undoThoseOver(project, accounts, progress);
      try {
        work.apply();
      } finally {
        folder.closeState();
      }
    }
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
