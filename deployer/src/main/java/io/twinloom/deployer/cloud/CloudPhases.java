package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.cloud.DeploymentRecord.Beginning;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.plan.PlanJson;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out the phases of a change on the clouds, each as an apply of its own. When an apply has
 * ended, the clouds have given the functions their settings; then it is waited until nothing runs
 * any more that began with the former ones, and until what the phase is for is done. What is cut
 * off at any point begins the phase anew that stands in Terraform's state.
 */
final class CloudPhases {

  /** What waits for something that is not up to it is looked at again after this. */
  static final Duration AGAIN = Duration.ofSeconds(30);

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final CloudChange change;
  private final Accounts accounts;
  private final Progress progress;

  CloudPhases(DeploymentContext context) {
    this.folder = context.folder();
    this.wiring = context.wiring();
    this.change = context.change();
    this.accounts = context.accounts();
    this.progress = context.progress();
  }

  /**
   * Carries them out until the change is over, or somebody stops it.
   *
   * @param from the layout that the first of them follows
   * @param version the one that the change leads to
   * @return it, in the layout that it is in then
   */
  PreparedProject run(DeployedState begun, Layout from, PreparedProject version) {
    DeployedState state = begun;
    while (state.change().isPresent()) {
      Change open = withItsExpansion(state.change().get());
      PreparedProject before = former(open, from).of(state.retiringOf(version));
      state = state.with(Optional.of(entered(open)));
      PreparedProject project = state.inLayout(version);
      enter(state, from, before, project);
      settle(before, project);
      if (!isDone(state.change().orElseThrow(), project)) {
        return project;
      }
      if (open.isLast()) {
        state = finished(state, project, version);
      } else if (isPausing()) {
        pause(state.change().orElseThrow());
        return project;
      } else {
        state = state.with(Optional.of(open.next(wiring.clock().instant())));
      }
    }
    folder.standing().remove();
    return state.inLayout(version);
  }

  /** Movers are suspended in the apply that prepares the new store: they are idle after both. */
  static Change withItsExpansion(Change open) {
    boolean both = !open.isLast() && isOneWithThatBefore(open, open.at() + 1);
    return both ? open.next(open.standing().since()) : open;
  }

  private static boolean isOneWithThatBefore(Change change, int phase) {
    return phase > 0
        && change.phases().get(phase - 1).kind() == Phase.Kind.IDLE_MOVERS
        && change.phases().get(phase).kind() == Phase.Kind.EXPAND;
  }

  /** What a phase may remove is what the layout of the apply before has, and its own has not. */
  static Layout former(Change open, Layout from) {
    int before = open.at() - (isOneWithThatBefore(open, open.at()) ? 2 : 1);
    return before < 0 ? from : open.phases().get(before).layout();
  }

  private Change entered(Change open) {
    return open.standing().step() == Step.ENTERING
        ? open.standing(Step.ACTING, "", wiring.clock().instant())
        : open.standing(Step.ACTING, "", open.standing().since());
  }

  private void enter(
      DeployedState state, Layout from, PreparedProject before, PreparedProject project) {
    Change open = state.change().orElseThrow();
    progress.step(open.status().at().text());
    note(open.standing(Step.ENTERING, "", wiring.clock().instant()));
    boolean removesData = open.phase().kind() == Phase.Kind.CONTRACT;
    PhaseRemovals removals =
        new PhaseRemovals(
            before,
            project,
            Set.of(),
            removesData ? open.dataToDelete() : Set.of(),
            LeavingLetters.holders(before, project));
    try {
      apply(
          change.given().of(state, Optional.of(new Beginning(from, false))),
          before,
          project,
          removals.approval(open.phase().kind().words(), wiring.clouds().values()));
    } catch (TwinloomException e) {
      note(open.standing(Step.FAILED, e.what(), wiring.clock().instant()));
      throw e;
    }
  }

  private void apply(
      ApplySettings settings, PreparedProject before, PreparedProject project, Approval approval) {
    JsonObject outputs = folder.outputs().read();
    new LeavingLetters(
            before,
            project,
            accounts.operations(before, outputs),
            accounts.operations(project, outputs))
        .move(progress);
    change.apply(
        new CloudChange.Step(
            project,
            change.tokens().of(project.topology()),
            settings,
            approval,
            Optional.of(before),
            LeavingLetters.holders(before, project),
            () -> {}),
        accounts,
        progress);
    change.steps().make(project, accounts, progress);
    folder.plan().write(PlanJson.of(project.topology()));
  }

  /** What is waited for, for people. */
  static String settling(Duration time) {
    return "waiting " + time.toSeconds() + " s, until nothing runs with the former settings";
  }

  private void settle(PreparedProject before, PreparedProject project) {
    Duration time = SettlingTime.between(before, project);
    if (!time.isZero()) {
      progress.step(settling(time));
      wiring.pause().of(time);
    }
  }

  /**
   * Does what the phase is for, again and again.
   *
   * @return false where somebody has stopped it
   */
  private boolean isDone(Change open, PreparedProject project) {
    CloudPhaseWork work =
        new CloudPhaseWork(
            accounts.operations(project, folder.outputs().read()),
            project,
            open,
            folder.connections().read(),
            wiring.random());
    Change noted = open;
    while (true) {
      PhaseOutcome outcome;
      try {
        outcome = work.run(open);
      } catch (TwinloomException e) {
        if (!e.retryable()) {
          note(noted.standing(Step.FAILED, e.what(), wiring.clock().instant()));
          throw e;
        }
        outcome = new PhaseOutcome.Waiting(e.what());
      }
      switch (outcome) {
        case PhaseOutcome.Done done -> {
          return true;
        }
        case PhaseOutcome.Further further -> {
          progress.step(further.how());
          noted = noted.further(further.progress(), wiring.clock().instant());
          note(noted);
        }
        case PhaseOutcome.Waiting waiting -> {
          progress.step("waiting: " + waiting.why());
          noted =
              noted
                  .standing(waiting.progress())
                  .standing(Step.WAITING, waiting.why(), wiring.clock().instant());
          note(noted);
          wiring.pause().of(AGAIN);
        }
      }
      if (isPausing()) {
        pause(noted);
        return false;
      }
    }
  }

  private boolean isPausing() {
    return folder.pause().find().isPresent();
  }

  private void pause(Change open) {
    note(open.standing(Step.PAUSED, "", wiring.clock().instant()));
    progress.step("the change stops here");
  }

  /**
   * How far it is, for the status of this machine; the phase itself stands in Terraform's state.
   */
  private void note(Change open) {
    folder.standing().write(StandingJson.write(open));
  }

  /** Writes down that the change is over; what only it needed goes. */
  private DeployedState finished(
      DeployedState state, PreparedProject project, PreparedProject version) {
    DeployedState changed = state.changed();
    PreparedProject reached = changed.inLayout(version);
    Set<String> former = new HashSet<>(DeployedProjects.used(state));
    former.removeAll(DeployedProjects.used(changed));
    PhaseRemovals removals =
        new PhaseRemovals(
            project, reached, former, Set.of(), LeavingLetters.holders(project, reached));
    apply(
        change.given().of(changed, Optional.empty()),
        project,
        reached,
        removals.approval("the change is over", wiring.clouds().values()));
    change.projects().retain(List.of(version));
    return changed;
  }
}
