package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.TokenSwitch;
import io.twinloom.model.Connections;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has the functions of a twin on the clouds use tokens: in one apply, whose order is Terraform's,
 * so a token that is new to the receivers is not sent by anyone before all of them take it. Nothing
 * but tokens is applied: a project that differs from what is deployed has to be deployed first.
 */
final class CloudTokenSwitch implements TokenSwitch {

  /**
   * When no request is under way any more that was begun with a former token: a sender's request
   * takes 30 seconds at most, is tried four times, and waits in between.
   */
  static final Duration GRACE_PERIOD = Duration.ofSeconds(150);

  private final PreparedProject project;
  private final CloudDataFolder folder;
  private final CloudChange change;
  private final Journal journal;
  private final Pause pause;
  private final Supplier<Accounts> accounts;

  /**
   * @param accounts opens those that the twin is in
   */
  CloudTokenSwitch(
      PreparedProject project,
      CloudDataFolder folder,
      CloudChange change,
      Journal journal,
      Pause pause,
      Supplier<Accounts> accounts) {
    this.project = project;
    this.folder = folder;
    this.change = change;
    this.journal = journal;
    this.pause = pause;
    this.accounts = accounts;
  }

  @Override
  public void check() {
    try (Accounts opened = accounts.get();
        LockFile lock = DeploymentLock.take(folder)) {
      change.checkTokensAlone(project, opened, Progress.SILENT);
    }
  }

  @Override
  public void use(Connections connections) {
    Map<String, String> wanted = CloudPlan.tokens(connections);
    Map<String, String> known = change.tokens().applied();
    if (CloudPlan.drops(known, wanted)) {
      pause.of(GRACE_PERIOD);
    }
    try (Accounts opened = accounts.get();
        LockFile lock = DeploymentLock.take(folder)) {
      Optional<Map<String, String>> accepting = CloudPlan.acceptingFirst(known, wanted);
      if (accepting.isPresent()) {
        change.switchTokens(project, accepting.get(), opened, Progress.SILENT);
      }
      change.switchTokens(project, wanted, opened, Progress.SILENT);
      change.steps().renewTokens(project, opened, Progress.SILENT);
      journal.enter(State.DEPLOYED, change.deployedDigest(project));
    }
  }
}
