package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.LeavingCode;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.VersionSteps;
import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.cloud.DeploymentRecord.Beginning;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Following;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.plan.PlanJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Has a twin on the clouds become a version of its project, but for the layers that move: in one
 * apply, or more where one refuses something or takes something away too early.
 */
final class CloudConvergence {

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final Journal journal;
  private final CloudChange change;
  private final Accounts accounts;
  private final Progress progress;

  CloudConvergence(DeploymentContext context) {
    this.folder = context.folder();
    this.wiring = context.wiring();
    this.journal = context.journal();
    this.change = context.change();
    this.accounts = context.accounts();
    this.progress = context.progress();
  }

  /**
   * Becomes the version.
   *
   * @param before what is deployed, where that is known
   * @param layout that the twin stays in
   * @param following what follows the first apply, which is confirmed with it
   */
  void run(
      Optional<PreparedProject> before,
      DeployedState next,
      PreparedProject version,
      Layout layout,
      Following following) {
    PreparedProject project = layout.of(next.retiringOf(version));
    AskedOnce asked =
        new AskedOnce(
            following.after(before.map(b -> leaving(b, project)).orElseGet(List::of)),
            project.topology().twin());
    apply(
        before.map(b -> halfway(b, project, asked)).map(b -> drained(b, project, asked)),
        project,
        change.given().of(next, next.change().map(c -> new Beginning(layout, true))),
        asked);
    change.steps().make(project, accounts, progress);
    folder.plan().write(PlanJson.of(project.topology()));
    journal.enter(State.DEPLOYED, project.digest());
  }

  /**
   * Takes the step that some changes need in between. Cut off after it, the twin is still the
   * version before, and it is taken again.
   *
   * @return what the twin is in then
   */
  private PreparedProject halfway(PreparedProject before, PreparedProject after, Approval asked) {
    Optional<PreparedProject> between = VersionSteps.between(before, after);
    if (between.isEmpty()) {
      return before;
    }
    PreparedProject step = LeavingCode.keptIn(before, between.get());
    apply(Optional.of(before), step, change.given().asApplied(), asked);
    settle(before, step);
    return step;
  }

  private static List<String> leaving(PreparedProject before, PreparedProject after) {
    return LeavingCode.of(before, after).values().stream()
        .flatMap(List::stream)
        .map(f -> f.name() + " on " + f.cloud().id() + " goes once nothing waits for it")
        .toList();
  }

  /**
   * Keeps the code of removed devices and actions, which runs for what was accepted before alone,
   * until nothing waits for it. Cut off meanwhile, the twin is still the version before, and it is
   * waited again.
   *
   * @return what the twin is in then
   */
  private PreparedProject drained(PreparedProject before, PreparedProject after, Approval asked) {
    SortedMap<Provider, List<DeployedFunction>> leaving = LeavingCode.of(before, after);
    if (leaving.isEmpty()) {
      return before;
    }
    PreparedProject kept = LeavingCode.keptIn(before, after);
    apply(Optional.of(before), kept, change.given().asApplied(), asked);
    settle(before, kept);
    CloudDrain drain = new CloudDrain(accounts.operations(kept, folder.outputs().read()), leaving);
    while (drain.look() instanceof PhaseOutcome.Waiting waiting) {
      progress.step("waiting: " + waiting.why());
      wiring.pause().of(CloudPhases.AGAIN);
    }
    return kept;
  }

  private void settle(PreparedProject before, PreparedProject after) {
    Duration time = SettlingTime.between(before, after);
    progress.step(CloudPhases.settling(time));
    wiring.pause().of(time);
  }

  private void apply(
      Optional<PreparedProject> before,
      PreparedProject project,
      ApplySettings settings,
      Approval approval) {
    change.apply(
        new CloudChange.Step(
            project,
            change.tokens().of(project.topology()),
            settings,
            approval,
            before,
            Set.of(),
            () -> journal.enter(State.DEPLOYING, project.digest())),
        accounts,
        progress);
  }

  /** Asks for the changes of the first apply with the phases that follow; once, but for losses. */
  private final class AskedOnce implements Approval {

    private final Following following;
    private final String twin;
    private boolean asked;

    AskedOnce(Following following, String twin) {
      this.following = following;
      this.twin = twin;
    }

    @Override
    public void of(TerraformWork work, PlannedChanges changes) {
      PlannedChanges known = changes.losing(CloudChange.lost(work, changes)).followedBy(following);
      boolean isNothing = known.isEmpty() && following.phases().isEmpty();
      if (isNothing || asked && known.lost().isEmpty()) {
        return;
      }
      asked = true;
      if (!wiring.confirmation().of(known)) {
        throw new TwinloomException(
            DeployerError.CLOUD_DECLINED,
            "Nothing was changed.",
            twin,
            "Run it again, and agree, when these are the changes you want.");
      }
    }
  }
}
