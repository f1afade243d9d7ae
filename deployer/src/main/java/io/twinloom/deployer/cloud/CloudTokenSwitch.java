package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.TokenSwitch;
import io.twinloom.model.Connections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has the functions of a twin on the clouds use tokens: in one apply, whose order is Terraform's,
 * so a token that is new to the receivers is not sent by anyone before all of them take it.
 */
final class CloudTokenSwitch implements TokenSwitch {

  private final PreparedProject project;
  private final CloudDataFolder folder;
  private final CloudChange change;
  private final Journal journal;
  private final GracePeriod gracePeriod;
  private final Supplier<Accounts> accounts;

  /**
   * @param accounts opens those that the twin is in
   */
  CloudTokenSwitch(
      PreparedProject project,
      CloudDataFolder folder,
      CloudChange change,
      Journal journal,
      GracePeriod gracePeriod,
      Supplier<Accounts> accounts) {
    this.project = project;
    this.folder = folder;
    this.change = change;
    this.journal = journal;
    this.gracePeriod = gracePeriod;
    this.accounts = accounts;
  }

  @Override
  public void use(Connections connections) {
    Map<String, String> wanted = CloudPlan.tokens(connections);
    Map<String, String> known = change.tokens().applied();
    if (CloudPlan.drops(known, wanted)) {
      gracePeriod.await();
    }
    try (Accounts opened = accounts.get();
        DeploymentLock lock = DeploymentLock.take(folder)) {
      Optional<Map<String, String>> accepting = CloudPlan.acceptingFirst(known, wanted);
      if (accepting.isPresent()) {
        change.apply(project, accepting.get(), opened, all -> true, Progress.SILENT);
      }
      change.apply(project, wanted, opened, all -> true, Progress.SILENT);
      journal.enter(State.DEPLOYED, project.digest());
    }
  }
}
