package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.cloud.DeploymentRecord.Beginning;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Following;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Brings a twin on the clouds to a version of its project: first all of it but the layers that
 * move, in one apply that is confirmed; then these, phase by phase, each an apply that removes
 * nothing but what it names. Which version and phase a twin is in stands in Terraform's state.
 */
final class CloudDeployment {

  private final DeploymentContext context;
  private final CloudDataFolder folder;
  private final TargetWiring wiring;
  private final CloudChange change;
  private final Accounts accounts;
  private final Progress progress;

  CloudDeployment(DeploymentContext context) {
    this.context = context;
    this.folder = context.folder();
    this.wiring = context.wiring();
    this.change = context.change();
    this.accounts = context.accounts();
    this.progress = context.progress();
  }

  /**
   * Carries out what is wanted of a deployed twin.
   *
   * @param wanted a copy of the version that the project's folder holds
   * @param outputs what the last apply gave out
   * @param counted whether what is stored in the tiers that move is counted for the confirmation
   * @return the version that is deployed then, in the layout that it is in
   */
  PreparedProject run(
      PreparedProject wanted, ChangeOrder order, JsonObject outputs, boolean counted) {
    Wanted all = wanted(wanted, order, outputs);
    Beginning beginning = all.beginning();
    checkNames(order, all);
    folder.pause().remove();
    if (beginning.converging()) {
      new CloudConvergence(context)
          .run(
              all.before().flatMap(b -> deployed(b, outputs)),
              all.next(),
              all.version(),
              beginning.layout(),
              following(all, outputs, counted));
    }
    return new CloudPhases(context).run(all.next(), beginning.layout(), all.version());
  }

  /**
   * Refuses names that no store has. What was named before may be gone by now: by the change that
   * is under way, or by one that is over, whose order comes again.
   */
  private void checkNames(ChangeOrder order, Wanted all) {
    Set<String> named = new TreeSet<>(order.dataToDelete());
    all.before().flatMap(DeployedState::change).ifPresent(c -> named.removeAll(c.dataToDelete()));
    if (named.isEmpty()) {
      return;
    }
    PreparedProject project = all.beginning().layout().of(all.next().retiringOf(all.version()));
    NamedStores stores = new NamedStores(change.stored(project, accounts, progress), folder);
    Set<String> present = stores.order(named);
    named.removeAll(present);
    if (!named.isEmpty()) {
      progress.step("nothing is left to remove of " + String.join(", ", named));
    }
    if (all.isOver() && !present.isEmpty()) {
      progress.step(
          "no change removes "
              + String.join(", ", present)
              + ": the twin is as its project says; 'twinloom retire' removes what is kept");
    }
  }

  /**
   * What would be changed at first, and the phases that follow; changes nothing.
   *
   * @param counted whether what is stored in the tiers that move is counted
   */
  PlannedChanges plan(
      PreparedProject wanted, ChangeOrder order, JsonObject outputs, boolean counted) {
    Wanted all = wanted(wanted, order, outputs);
    PlannedChanges first =
        all.beginning().converging()
            ? change.plan(
                all.beginning().layout().of(all.next().retiringOf(all.version())),
                change.given().of(all.next(), all.next().change().map(c -> all.beginning())),
                accounts,
                progress)
            : new PlannedChanges(List.of());
    return first.followedBy(following(all, outputs, counted));
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
      Beginning beginning) {

    /** Whether the twin is as it is wanted, and nothing is under way. */
    boolean isOver() {
      return next.change().isEmpty() && before.equals(Optional.of(next));
    }
  }

  private Wanted wanted(PreparedProject wanted, ChangeOrder order, JsonObject outputs) {
    Optional<DeployedState> before =
        DeploymentRecord.read(outputs)
            .or(() -> EarlierRelease.state(wanted, outputs, context.journal()));
    before.ifPresent(state -> fetchVersions(state, outputs));
    DeployedState next = next(before, wanted, order, outputs);
    boolean isNew = !before.equals(Optional.of(next));
    PreparedProject version = version(next, wanted, outputs);
    Optional<String> id = next.change().map(Change::id);
    boolean goesOn = id.isPresent() && id.equals(before.flatMap(b -> b.change().map(Change::id)));
    Beginning beginning =
        Optional.of(outputs)
            .filter(there -> goesOn)
            .flatMap(DeploymentRecord::beginning)
            .orElseGet(() -> new Beginning(present(before, next, version, outputs), true));
    return new Wanted(before, next, version, beginning);
  }

  /** Where the layers are now: a change that is taken back begins in the middle of its phases. */
  private static Layout present(
      Optional<DeployedState> before,
      DeployedState next,
      PreparedProject version,
      JsonObject outputs) {
    return before
        .filter(b -> b.change().isPresent())
        .map(b -> DeploymentRecord.layout(b, version, outputs))
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
          withoutEmptyStores(
              NextState.of(
                  ChangePlan.MOVING,
                  before,
                  before.flatMap(
                      b -> change.projects().find(b.project(), clouds(outputs), accounts)),
                  wanted,
                  order.with(wanted.digest()),
                  wiring.newId(),
                  wiring.clock().instant()),
              wanted,
              outputs);
      case CANCEL -> {
        DeployedState state = before.orElseThrow(NextState::none);
        PreparedProject back = copy(NextState.underWay(state).from(), outputs);
        yield NextState.cancelled(
            ChangePlan.MOVING, state, back, wiring.newId(), wiring.clock().instant());
      }
      case RETIRE -> {
        DeployedState state = before.orElseThrow(NextState::none);
        PreparedProject project =
            DeploymentRecord.inLayout(state, copy(state.project(), outputs), outputs);
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

  /** A store that was left, and has been emptied by its mover since, is not read any more. */
  private DeployedState withoutEmptyStores(
      DeployedState next, PreparedProject wanted, JsonObject outputs) {
    if (next.change().isPresent()) {
      return next;
    }
    PreparedProject project = next.inLayout(wanted);
    return NextState.retiringEmpty(
        next, project, empty(project, outputs), wiring.newId(), wiring.clock().instant());
  }

  private Predicate<StoreId> empty(PreparedProject project, JsonObject outputs) {
    Map<Provider, AccountOperations> there = accounts.operations(project, clouds(outputs));
    return store -> StoredSizes.isEmpty(there, store);
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

  /** What an apply is not given of them goes: another machine has to have them here, too. */
  private void fetchVersions(DeployedState state, JsonObject outputs) {
    for (String digest : DeployedProjects.used(state)) {
      var unused = change.projects().find(digest, clouds(outputs), accounts);
    }
  }

  private Optional<PreparedProject> deployed(DeployedState state, JsonObject outputs) {
    return change
        .projects()
        .find(state.project(), clouds(outputs), accounts)
        .map(version -> DeploymentRecord.inLayout(state, version, outputs));
  }

  private static JsonObject clouds(JsonObject outputs) {
    return outputs.object("clouds").orElse(JsonObject.EMPTY);
  }

  private Following following(Wanted all, JsonObject outputs, boolean counted) {
    return new Following(upcoming(all.next()), touched(all, outputs, counted), settling(all));
  }

  /** How long the phases that are left wait until nothing runs with former settings. */
  private static Duration settling(Wanted all) {
    Optional<Change> change = all.next().change();
    if (change.isEmpty()) {
      return Duration.ZERO;
    }
    PreparedProject version = all.next().retiringOf(all.version());
    PreparedProject before = CloudPhases.former(change.get(), all.beginning().layout()).of(version);
    Duration sum = Duration.ZERO;
    for (Change open = change.get(); ; open = open.next(open.standing().since())) {
      open = CloudPhases.withItsExpansion(open);
      PreparedProject after = open.phase().layout().of(version);
      sum = sum.plus(SettlingTime.between(before, after));
      before = after;
      if (open.isLast()) {
        return sum;
      }
    }
  }

  private List<TouchedData> touched(Wanted all, JsonObject outputs, boolean counted) {
    Optional<Change> following = all.next().change();
    if (following.isEmpty()) {
      return List.of();
    }
    Layout from = all.beginning().layout();
    PreparedProject project = from.of(all.next().retiringOf(all.version()));
    return new MovedData(accounts.operations(project, clouds(outputs)), project.topology())
        .of(following.get(), from, counted, wiring.clock().instant());
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
}
