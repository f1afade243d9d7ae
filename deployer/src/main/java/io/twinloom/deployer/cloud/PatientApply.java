package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.List;

/**
 * Applies a plan, and what is left of it again while a cloud does not know a role yet that was made
 * a moment before: that takes seconds to be known everywhere, and not every provider waits for it.
 *
 * @param approval is asked where what is left is more than what was agreed to
 */
record PatientApply(Pause pause, Approval approval, Progress progress) {

  /** Two minutes in all: what lasts longer is another cause. */
  static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /**
   * Does what the last plan found.
   *
   * @throws TwinloomException if that fails for another cause, or the role is unknown after the
   *     last wait too; what was made is kept
   */
  void apply(TerraformWork work, PlannedChanges agreed) {
    for (Duration wait : WAITS) {
      if (applied(work)) {
        return;
      }
      progress.step("a new role is not known everywhere yet: waiting " + wait.toSeconds() + " s");
      pause.of(wait);
      PlannedChanges left = work.plan();
      if (left.isEmpty()) {
        return;
      }
      if (!left.changes().stream().allMatch(change -> isAgreed(change, agreed))) {
        approval.of(work, left);
      }
    }
    work.apply();
  }

  private static boolean applied(TerraformWork work) {
    try {
      work.apply();
      return true;
    } catch (TwinloomException e) {
      if (e.error() != DeployerError.CLOUD_ROLE_PENDING) {
        throw e;
      }
      return false;
    }
  }

  /** What is half made is made anew: that replaces nothing that was there before. */
  private static boolean isAgreed(Change change, PlannedChanges agreed) {
    return agreed.changes().stream()
        .filter(c -> c.address().equals(change.address()))
        .anyMatch(
            c ->
                c.action() == change.action()
                    || c.action() == Action.ADD && change.action() == Action.REPLACE);
  }
}
