package io.twinloom.deployer.terraform;

import io.twinloom.deployer.change.TouchedData;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an apply would do, in the order in which Terraform tells.
 *
 * @param changes without what stays as it is
 * @param lost what holds data and goes by it, as far as that was looked up
 * @param following what follows it in applies of their own
 */
public record PlannedChanges(List<Change> changes, List<StoredData> lost, Following following) {

  private static final int SHOWN = 5;

  public PlannedChanges {
    changes = List.copyOf(changes);
    lost = List.copyOf(lost);
  }

  public PlannedChanges(List<Change> changes) {
    this(changes, List.of(), Following.NOTHING);
  }

  /**
   * Phases that follow an apply, each an apply of its own.
   *
   * @param phases for people
   * @param touched what is stored that they move or leave
   * @param settling how long they wait in all until functions with former settings have ended
   */
  public record Following(List<String> phases, List<TouchedData> touched, Duration settling) {

    /** No phases. */
    public static final Following NOTHING = new Following(List.of(), List.of(), Duration.ZERO);

    public Following {
      phases = List.copyOf(phases);
      touched = List.copyOf(touched);
    }

    /** The same with others before. */
    public Following after(List<String> first) {
      return new Following(
          Stream.of(first, phases).flatMap(List::stream).toList(), touched, settling);
    }
  }

  /** What follows it in applies of their own, for people. */
  public List<String> phases() {
    return following.phases();
  }

  /** What is stored that these move or leave. */
  public List<TouchedData> touched() {
    return following.touched();
  }

  /** The same by which this goes. */
  public PlannedChanges losing(List<StoredData> data) {
    return new PlannedChanges(changes, data, following);
  }

  /** The same that this follows. */
  public PlannedChanges followedBy(Following all) {
    return new PlannedChanges(changes, lost, all);
  }

  /** What is done to a thing. */
  public enum Action {
    ADD,
    CHANGE,
    REMOVE,
    /** Removed and made anew, since it cannot be changed. */
    REPLACE
  }

  /**
   * One change.
   *
   * @param address where the thing stands in the HCL
   * @param what it in words for people, such as {@code function mill-dispatcher}
   * @param isNotable whether people know it as a thing of its own; most are parts of these
   * @param losesData whether measurements are lost by it
   */
  public record Change(
      Action action, String address, String what, boolean isNotable, boolean losesData) {
    Change(Action action, Resource resource) {
      this(
          action,
          resource.address(),
          resource.words(),
          resource.isNotable(),
          resource.holdsData()
              && !resource.name().equals(StateResources.DEPLOYMENT)
              && (action == Action.REMOVE || action == Action.REPLACE));
    }
  }

  /** How many things are made: a replaced one is both made and removed. */
  public long added() {
    return count(Action.ADD) + count(Action.REPLACE);
  }

  /** How many things are changed in place. */
  public long changed() {
    return count(Action.CHANGE);
  }

  /** How many things are removed. */
  public long removed() {
    return count(Action.REMOVE) + count(Action.REPLACE);
  }

  private long count(Action action) {
    return changes.stream().filter(c -> c.action() == action).count();
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The changes by which measurements are lost: nobody should make them unasked. */
  public List<Change> losses() {
    return changes.stream().filter(Change::losesData).toList();
  }

  /** Some changes in words, for a message; more than a few are only counted. */
  public static String words(List<Change> some) {
    String first = some.stream().limit(SHOWN).map(Change::what).collect(Collectors.joining(", "));
    return some.size() > SHOWN ? first + " and " + (some.size() - SHOWN) + " more" : first;
  }

  /** The sum in one line. */
  public String summary() {
    return isEmpty()
        ? "nothing to change"
        : added() + " to add, " + changed() + " to change, " + removed() + " to remove";
  }
}
