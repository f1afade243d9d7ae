package io.twinloom.deployer.cloud;

import io.twinloom.deployer.cloud.StoreContents.Entry;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A store that was kept from an earlier move, and is to be used again: it loses what the one in use
 * does not hold likewise, such as items that a mover has taken to the next tier since, or that were
 * replaced. Both are gone through side by side, a page at a time.
 *
 * <p>The store was copied before it was kept, and nothing writes it, or deletes in the other one,
 * meanwhile: so what it loses is in the next tier, or newer in the store in use.
 */
final class KeptStore {

  private static final int PAGE = 500;

  private final StoreContents kept;
  private final StoreContents current;
  private final Deque<Entry> ahead = new ArrayDeque<>();
  private String keptAfter = "";
  private String currentAfter = "";
  private long compared;
  private long removed;

  KeptStore(StoreContents kept, StoreContents current) {
    this.kept = kept;
    this.current = current;
  }

  /**
   * Compares one page more. Where a store fails, the next step compares the same page.
   *
   * @return false where nothing was left to compare
   */
  boolean step() {
    List<Entry> page = kept.behind(keptAfter, PAGE);
    if (page.isEmpty()) {
      return false;
    }
    List<String> lacking;
    try {
      lacking = removeLacking(page);
    } catch (TwinloomException e) {
      // Some of what the page is compared with is behind by now: without it, all would be removed.
      ahead.clear();
      currentAfter = keptAfter;
      throw e;
    }
    keptAfter = page.getLast().key();
    compared += page.size();
    removed += lacking.size();
    return true;
  }

  private List<String> removeLacking(List<Entry> page) {
    List<String> lacking = new ArrayList<>();
    for (Entry entry : page) {
      if (!isInUse(entry)) {
        lacking.add(entry.key());
      }
    }
    if (!lacking.isEmpty()) {
      kept.remove(lacking);
    }
    return lacking;
  }

  private boolean isInUse(Entry entry) {
    while (true) {
      if (ahead.isEmpty()) {
        ahead.addAll(current.behind(currentAfter, PAGE));
        if (ahead.isEmpty()) {
          return false;
        }
        currentAfter = ahead.getLast().key();
      }
      int order = StoreContents.ORDER.compare(ahead.getFirst().key(), entry.key());
      if (order >= 0) {
        return order == 0 && ahead.getFirst().digest().get().equals(entry.digest().get());
      }
      ahead.removeFirst();
    }
  }

  /** How many of its entries were compared. */
  long compared() {
    return compared;
  }

  /** How far it is, for people. */
  String standing() {
    return Count.of(compared, "entry", "entries")
        + " of the kept store compared, "
        + removed
        + " removed";
  }
}
