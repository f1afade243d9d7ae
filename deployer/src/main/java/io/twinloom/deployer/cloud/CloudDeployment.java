package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.Journal.State;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangeError;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.VersionSteps;
import io.twinloom.deployer.cloud.CloudChange.Approval;
import io.twinloom.deployer.cloud.DeploymentRecord.Beginning;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.plan.PlanJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a twin on the clouds to a version of its project: first all of it but the layers that
 * move, in one apply that is confirmed; then these, phase by phase, each an apply that removes
 * nothing but what it names. Which version and phase a twin is in stands in Terraform's state.
 */
final class CloudDeployment {

  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final Journal journal;
  private final CloudChange change;
  private final Accounts accounts;
  private final Progress progress;

  /**
   * @param accounts of all clouds that the twin has, had or gets anything on
   */
  CloudDeployment(
      CloudDataFolder folder,
      TargetWiring wiring,
      Journal journal,
      CloudChange change,
      Accounts accounts,
      Progress progress) {
    this.folder = folder;
    this.wiring = wiring;
    this.journal = journal;
    this.change = change;
    this.accounts = accounts;
    this.progress = progress;
  }

  /**
   * Carries out what is wanted of a deployed twin.
   *
   * @param wanted a copy of the version that the project's folder holds
   * @param outputs what the last apply gave out
   * @return the version that is deployed then, in the layout that it is in
   */
  PreparedProject run(PreparedProject wanted, ChangeOrder order, JsonObject outputs) {
    Wanted all = wanted(wanted, order, outputs);
    Beginning beginning = all.beginning();
    folder.pause().remove();
    if (beginning.converging()) {
      converge(
          all.before().flatMap(b -> deployed(b, outputs)),
          all.next(),
          all.version(),
          beginning.layout());
    }
    return new CloudPhases(folder, wiring, change, accounts, progress)
        .run(all.next(), beginning.layout(), all.version());
  }

  /** What would be changed at first, and the phases that follow; changes nothing. */
  PlannedChanges plan(PreparedProject wanted, ChangeOrder order, JsonObject outputs) {
    Wanted all = wanted(wanted, order, outputs);
    PlannedChanges first =
        all.beginning().converging()
            ? change.plan(
                all.beginning().layout().of(all.next().retiringOf(all.version())),
                change.settings(all.next(), all.next().change().map(c -> all.beginning())),
                accounts,
                progress)
            : new PlannedChanges(List.of());
    return first.followedBy(upcoming(all.next()));
  }

  /**
   * What is to become of what.
   *
   * @param version that is deployed then
   */
  private record Wanted(
      Optional<DeployedState> before,
      DeployedState next,
      PreparedProject version,
      Beginning beginning) {}

  private Wanted wanted(PreparedProject wanted, ChangeOrder order, JsonObject outputs) {
    Optional<DeployedState> before =
        DeploymentRecord.read(outputs).or(() -> EarlierRelease.state(wanted, outputs, journal));
    DeployedState next = next(before, wanted, order, outputs);
    boolean isNew = !before.equals(Optional.of(next));
    if (isNew) {
      next.change().ifPresent(CloudDeployment::refuseKeptStores);
    }
    PreparedProject version = version(next, wanted, outputs);
    Optional<String> id = next.change().map(Change::id);
    boolean goesOn = id.isPresent() && id.equals(before.flatMap(b -> b.change().map(Change::id)));
    Beginning beginning =
        Optional.of(outputs)
            .filter(there -> goesOn)
            .flatMap(DeploymentRecord::beginning)
            .orElseGet(() -> new Beginning(present(before, next, version), true));
    return new Wanted(before, next, version, beginning);
  }

  /**
   * A store that was kept from an earlier move holds what the one in use may not have any more, and
   * no function of a cloud takes that out.
   */
  private static void refuseKeptStores(Change change) {
    for (Phase phase : change.phases()) {
      for (Leg leg : phase.layout().legs().of(phase.layer()).others()) {
        boolean kept = leg.use() == Use.UNREAD && !leg.fenced();
        if (phase.kind() == Phase.Kind.EXPAND && phase.layer().isTier() && kept) {
          throw new TwinloomException(
              ChangeError.STORE_RETAINED,
              "A former store of "
                  + phase.layer().title()
                  + " is kept on "
                  + leg.cloud().id()
                  + ", where that tier is to go again.",
              phase.layer().configKey(),
              "Delete it first, with 'twinloom retire PROJECT LAYER --delete-data --target cloud'.");
        }
      }
    }
  }

  /** Where the layers are now: a change that is taken back begins in the middle of its phases. */
  private static Layout present(
      Optional<DeployedState> before, DeployedState next, PreparedProject version) {
    return before
        .filter(b -> b.change().isPresent())
        .map(b -> b.layout(version.project().placement()))
        .orElseGet(
            () ->
                Layout.of(
                    NextState.withoutMoves(ChangePlan.MOVING, next.with(Optional.empty()), version)
                        .project()));
  }

  /** The state that is wanted, with the change that leads to it. */
  private DeployedState next(
      Optional<DeployedState> before,
      PreparedProject wanted,
      ChangeOrder order,
      JsonObject outputs) {
    return switch (order.action()) {
      case MAKE ->
          NextState.of(
              ChangePlan.MOVING,
              before,
              before.flatMap(b -> change.projects().find(b.project(), clouds(outputs), accounts)),
              wanted,
              order.with(wanted.digest()),
              wiring.newId(),
              wiring.clock().instant());
      case CANCEL -> {
        DeployedState state = before.orElseThrow(NextState::none);
        PreparedProject back = copy(NextState.underWay(state).from(), outputs);
        yield NextState.cancelled(
            ChangePlan.MOVING, state, back, wiring.newId(), wiring.clock().instant());
      }
      case RETIRE -> {
        DeployedState state = before.orElseThrow(NextState::none);
        PreparedProject project = state.inLayout(copy(state.project(), outputs));
        FormerLayer former =
            new FormerLayer(
                accounts.operations(project, clouds(outputs)), wiring.clock().instant());
        former.refuseUsed(project, order);
        yield NextState.retiring(
            state, project, order, former::isEmpty, wiring.newId(), wiring.clock().instant());
      }
      case PAUSE -> throw new IllegalArgumentException("it is stopped from outside");
    };
  }

  private PreparedProject version(DeployedState state, PreparedProject wanted, JsonObject outputs) {
    return state.project().equals(wanted.digest()) ? wanted : copy(state.project(), outputs);
  }

  private PreparedProject copy(String digest, JsonObject outputs) {
    return change
        .projects()
        .find(digest, clouds(outputs), accounts)
        .orElseThrow(
            () ->
                new TwinloomException(
                    DeployerError.PROJECT_COPY,
                    "There is no copy of the version " + digest + ", here or on a cloud.",
                    folder.projects().toString(),
                    "Deploy from the machine that has it, or deploy that version of the project."));
  }

  private Optional<PreparedProject> deployed(DeployedState state, JsonObject outputs) {
    return change.projects().find(state.project(), clouds(outputs), accounts).map(state::inLayout);
  }

  private static JsonObject clouds(JsonObject outputs) {
    return outputs.object("clouds").orElse(JsonObject.EMPTY);
  }

  /** Becomes a version, but for the layers that move: in one apply, or two where one refuses. */
  private void converge(
      Optional<PreparedProject> before,
      DeployedState next,
      PreparedProject version,
      Layout layout) {
    PreparedProject project = layout.of(next.retiringOf(version));
    AskedOnce asked = new AskedOnce(upcoming(next), project.topology().twin());
    apply(
        before.map(b -> halfway(b, project, asked)),
        project,
        change.settings(next, next.change().map(c -> new Beginning(layout, true))),
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
    apply(Optional.of(before), between.get(), change.asApplied(), asked);
    Duration time = SettlingTime.between(before, between.get());
    progress.step(CloudPhases.settling(time));
    wiring.pause().of(time);
    return between.get();
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

  private static List<String> upcoming(DeployedState state) {
    List<String> phases = new ArrayList<>();
    List<Phase> left =
        state.change().map(c -> c.phases().subList(c.at(), c.phases().size())).orElse(List.of());
    for (Phase phase : left) {
      phases.add(phase.layer().title() + ": " + phase.kind().words());
    }
    return phases;
  }

  /** Asks for the changes of the first apply with the phases that follow; once, but for losses. */
  private final class AskedOnce implements Approval {

    private final List<String> phases;
    private final String twin;
    private boolean asked;

    AskedOnce(List<String> phases, String twin) {
      this.phases = phases;
      this.twin = twin;
    }

    @Override
    public void of(TerraformWork work, PlannedChanges changes) {
      PlannedChanges known = changes.losing(CloudChange.lost(work, changes)).followedBy(phases);
      boolean isNothing = known.isEmpty() && phases.isEmpty();
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
