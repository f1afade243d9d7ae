package io.twinloom.local.deploy;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A twin whose changes have three phases, each of which takes two attempts, and in which something
 * can happen at each point where the runner asks it for something.
 */
final class ChangedTwin implements ChangeRunner.Twin {

  /** That of all its phases. */
  static final Layout LAYOUT =
      new Layout(
          new Placement(
              KnownClouds.AWS,
              KnownClouds.AWS,
              KnownClouds.AWS,
              KnownClouds.AWS,
              KnownClouds.AWS,
              Optional.empty(),
              Optional.empty()),
          Legs.NONE);

  private final List<String> steps = new ArrayList<>();
  private final List<String> entered = new ArrayList<>();
  private final List<String> worked = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private Optional<Change> open = Optional.empty();
  private Optional<String> due = Optional.empty();
  private CompletableFuture<Void> former = CompletableFuture.completedFuture(null);
  private final List<String> failures = new ArrayList<>();
  private Runnable event = () -> {};
  private int at = -1;
  private int points;
  private int looks;
  private int failing;
  private int failingLooks;

  synchronized void clear() {
    List.of(steps, entered, worked, violations).forEach(List::clear);
    open = Optional.empty();
    points = 0;
  }

  /** Puts a change at the beginning of one of its phases in the place of what is under way. */
  synchronized void begin(String id, int phase) {
    at = -1;
    open =
        Optional.of(
            new Change(
                id,
                "from",
                "to",
                Map.of(),
                Set.of(),
                List.of(phase(), phase(), phase()),
                phase,
                new Standing(Step.ENTERING, "", Instant.EPOCH)));
  }

  private static Phase phase() {
    return new Phase(Phase.Kind.COPY, Layer.L3_HOT, LAYOUT);
  }

  synchronized void pauseNow() {
    open = open.map(change -> change.standing(Step.PAUSED, "", Instant.EPOCH));
  }

  synchronized void makeDue(String id) {
    due = Optional.of(id);
  }

  synchronized void failing(int attempts) {
    failing = attempts;
  }

  /** Has what is due fail so often when it is looked for. */
  synchronized void failingLooks(int times) {
    failingLooks = times;
  }

  synchronized void leaveSomethingUnderWay() {
    former = new CompletableFuture<>();
  }

  synchronized void endWhatIsUnderWay() {
    former.complete(null);
  }

  /** Has something happen, once, when the runner asks for something the next time but so many. */
  synchronized void at(int point, Runnable happening) {
    at = point;
    event = happening;
  }

  private void point() {
    // Who looks from outside, or gives orders, is not the runner.
    if (open.isPresent() && Thread.currentThread().getName().equals("change") && points++ == at) {
      at = -1;
      event.run();
    }
  }

  @Override
  public synchronized Optional<Change> openChange() {
    point();
    return open;
  }

  @Override
  public synchronized boolean note(Change change) {
    point();
    return write(change);
  }

  private boolean write(Change change) {
    if (!isOpen(change)) {
      return false;
    }
    open = Optional.of(change);
    steps.add(change.standing().step().name());
    change
        .standing()
        .progress()
        .ifPresent(
            far -> progress.add(change.at() + " " + change.standing().step() + " " + far.items()));
    return true;
  }

  private boolean isOpen(Change change) {
    return open.filter(one -> one.id().equals(change.id())).isPresent();
  }

  @Override
  public synchronized Optional<CompletableFuture<Void>> enter(Change change) {
    point();
    if (!write(change)) {
      return Optional.empty();
    }
    entered.add(change.id() + " " + change.at());
    return Optional.of(former);
  }

  @Override
  public synchronized PhaseOutcome work(Change change) {
    String name = change.id() + " " + change.at();
    if (!isOpen(change) || step().equals("PAUSED")) {
      violations.add(name + " where " + step() + " of " + open.map(Change::id));
    }
    point();
    if (failing-- > 0) {
      throw new IllegalStateException("failing");
    }
    worked.add(name);
    return worked.stream().filter(name::equals).count() % 2 == 0
        ? new PhaseOutcome.Done()
        : new PhaseOutcome.Further("half", ChangeProgress.ofItems(1));
  }

  @Override
  public synchronized void finish(Change change) {
    point();
    if (isOpen(change)) {
      open = Optional.empty();
    }
  }

  @Override
  public synchronized void failed(String why) {
    failures.add(why);
  }

  @Override
  public synchronized void beginWhatIsDue() {
    point();
    looks++;
    if (failingLooks-- > 0) {
      throw new IllegalStateException("the disk is full");
    }
    due.ifPresent(id -> begin(id, 2));
    due = Optional.empty();
  }

  synchronized Optional<Change> open() {
    return open;
  }

  /** The step of what is under way, or an empty text. */
  synchronized String step() {
    return open.map(change -> change.standing().step().name()).orElse("");
  }

  synchronized List<String> steps() {
    return List.copyOf(steps);
  }

  synchronized List<String> entered() {
    return List.copyOf(entered);
  }

  synchronized List<String> worked() {
    return List.copyOf(worked);
  }

  /** The phases, steps and numbers of items that were noted where anything was copied. */
  synchronized List<String> progress() {
    return List.copyOf(progress);
  }

  /** What was carried out though it was paused, or not the change any more. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** How often the runner asked for something while a change was under way. */
  synchronized int points() {
    return points;
  }

  /** What the runner said of what failed outside of a phase. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** How often it looked for what is due. */
  synchronized int looks() {
    return looks;
  }
}
