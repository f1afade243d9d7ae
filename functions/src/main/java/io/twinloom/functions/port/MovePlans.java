package io.twinloom.functions.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable plans of movers, so that the run after a killed or overdue one can finish its work. A
 * mover has at most one plan; every change of it is conditional on its version, so that of two runs
 * at once only one continues. Every method may be called by any thread, and throws {@link
 * StoreException} where the store fails.
 */
public interface MovePlans {

  /**
   * A run as it is kept.
   *
   * @param mover the deployed name of the mover whose plan it is
   * @param version how often the plan was written; 0: not yet. Given to {@link #save}, it is that
   *     of the plan which is to be replaced
   * @param cutOff in stored form: what is older is moved
   * @param owner the run that works on it; empty where none does
   * @param ownedUntil when that run has to be taken for dead
   * @param position how far the run has come
   */
  record Run(
      String mover,
      long version,
      String cutOff,
      String owner,
      Instant ownedUntil,
      Position position) {

    /** The same as it stands after it was saved. */
    public Run saved() {
      return new Run(mover, version + 1, cutOff, owner, ownedUntil, position);
    }
  }

  /**
   * Where planning goes on; what is before it is done or in the plan.
   *
   * @param key the device, or the object, that was planned last; empty at the beginning
   * @param from where that device's next chunk begins, in stored form; empty for objects
   * @param index the index of that device's next chunk
   */
  record Position(String key, String from, int index) {
    public static final Position BEGINNING = new Position("", "", 1);
  }

  /**
   * A chunk that is to be moved.
   *
   * @param number of it in its plan
   * @param first the time of its first item
   * @param last the time of its last item
   * @param sha256 of its JSON list, in hex
   * @param members eight bytes for each of its items, in order, which tell it from items that
   *     arrive between them later
   * @param confirmed whether its copy is there: what is left to do is to delete its items
   */
  record PlannedChunk(
      long number,
      String device,
      String first,
      String last,
      int index,
      String sha256,
      byte[] members,
      boolean confirmed) {

    /** The same, once its copy is there. */
    public PlannedChunk copied() {
      return new PlannedChunk(number, device, first, last, index, sha256, members, true);
    }
  }

  /** A plan: its run, and the chunks that are not done, in order. */
  record Plan(Run run, List<PlannedChunk> chunks) {
    public Plan {
      chunks = List.copyOf(chunks);
    }
  }

  /** The open plan of a mover. */
  Optional<Plan> open(String mover);

  /**
   * Writes a change of a plan, all of it or nothing, under the condition that the stored plan has
   * the version of {@code run} (for version 0: that there is none). Durable on return.
   *
   * @param chunks to be added, or to replace those of the same number
   * @param done the numbers of chunks to be forgotten
   * @return whether it was written; the plan then has {@link Run#saved}
   */
  boolean save(Run run, List<PlannedChunk> chunks, List<Long> done);

  /**
   * Forgets a plan that is carried out, under the condition that the stored one has this version.
   *
   * @return whether it was forgotten
   */
  boolean end(Run run);
}
