package io.twinloom.deployer.terraform;

import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an apply may remove: the things of functions, schedules and stores that leave the twin with
 * it, what holds data only where that was confirmed by name, and of uploads those whose content is
 * another one now. Everything else stays, whatever a provider thinks of it.
 *
 * @param leaving by cloud, the names of what leaves
 * @param confirmed what holds data and may go, as {@code CLOUD:NAME}
 * @param uploads the types of what is uploaded under a name that says its content
 */
public record AllowedRemovals(
    Map<Provider, Leaving> leaving, Set<String> confirmed, Set<String> uploads) {

  private static final Pattern MODULE = Pattern.compile("module\\.([a-z0-9]+).*");

  /** The last key in an address, which is that of the innermost thing or module with a key. */
  private static final Pattern KEY = Pattern.compile(".*\\[\"([^\"]*)\"](?:\\.[\\w.]+)?");

  /**
   * What leaves a cloud.
   *
   * @param names of what is not there any more, by which its things are keyed, or their blocks are
   *     called
   * @param unexposed of functions that stay and lose their address
   * @param all whether nothing of the twin stays there
   */
  public record Leaving(Set<String> names, Set<String> unexposed, boolean all) {

    /** Nothing leaves. */
    public static final Leaving NOTHING = new Leaving(Set.of(), Set.of(), false);

    public Leaving {
      names = Set.copyOf(names);
      unexposed = Set.copyOf(unexposed);
    }

    /** A schedule that is divided has several things, numbered from 0. */
    private boolean names(String key) {
      return all || names.contains(key) || names.contains(key.replaceFirst("-\\d+$", ""));
    }
  }

  public AllowedRemovals {
    leaving = Map.copyOf(leaving);
    confirmed = Set.copyOf(confirmed);
    uploads = Set.copyOf(uploads);
  }

  /**
   * The removals that are not allowed.
   *
   * @param changes with what they lose
   */
  public List<Change> violations(PlannedChanges changes) {
    return changes.changes().stream()
        .filter(c -> c.action() == Action.REMOVE || c.action() == Action.REPLACE)
        .filter(c -> !isAllowed(c, changes.lost()))
        .toList();
  }

  private boolean isAllowed(Change change, List<StoredData> lost) {
    String type = Resource.typeAt(change.address());
    if (change.action() == Action.REPLACE) {
      return uploads.contains(type);
    }
    if (change.losesData()) {
      return lost.stream()
          .filter(data -> data.address().equals(change.address()))
          .anyMatch(data -> confirmed.contains(data.id()));
    }
    Optional<Provider> cloud = cloud(change.address());
    Leaving here = cloud.flatMap(c -> Optional.ofNullable(leaving.get(c))).orElse(Leaving.NOTHING);
    Matcher key = KEY.matcher(change.address());
    if (!key.matches()) {
      // A part that several share goes with the last of them.
      return here.all() || !here.names().isEmpty();
    }
    boolean isFunction = cloud.filter(c -> FunctionMoves.types(c.id()).contains(type)).isPresent();
    return here.names(key.group(1))
        || here.names(Resource.blockAt(change.address()))
        || here.unexposed().contains(key.group(1)) && !isFunction;
  }

  private static Optional<Provider> cloud(String address) {
    Matcher module = MODULE.matcher(address);
    return module.matches() ? Provider.of(module.group(1)) : Optional.empty();
  }
}
