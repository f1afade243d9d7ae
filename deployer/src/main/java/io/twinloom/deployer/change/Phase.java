package io.twinloom.deployer.change;

import io.twinloom.model.Layer;
import java.util.Locale;

/**
 * A phase of moving a layer: a layout that the twin is brought into, then what its kind does there,
 * until its kind's condition holds.
 *
 * @param layer which moves
 */
public record Phase(Kind kind, Layer layer, Layout layout) {

  /** What a phase is for. Neighbouring phases get along with one another while both are there. */
  public enum Kind {
    /** The movers in and out of the tier have carried out their plans, and begin none. */
    IDLE_MOVERS("the movers end what they have begun"),
    /**
     * What the layer has on the new cloud is there. A store that was kept from an earlier move, and
     * was copied then, has no more than the one in use.
     */
    EXPAND("what is new is prepared"),
    /** Readers read both stores. */
    SWITCH_READS("readers read both stores"),
    /** What is sent to the layer goes to the new cloud. */
    SWITCH_WRITES("what is new goes to the new cloud"),
    /** What waits for the functions on the old cloud is done. */
    DRAIN("what waits on the old cloud is done"),
    /** The old cloud takes nothing more. */
    FENCE("the old cloud takes nothing more"),
    /** What the old store holds is copied into the new one. */
    COPY("the old store is copied"),
    /** All that the old store holds was found in the new one. */
    VERIFY("the copy is compared"),
    /** Readers read the new store alone. */
    NARROW_READS("readers read the new store"),
    /** What belongs to the store that nobody uses any more is removed; the store, if confirmed. */
    CONTRACT("what nobody uses any more is removed"),
    /** The movers begin plans again. */
    RESUME_MOVERS("the movers go on");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Its name for machines. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens in it, for people: a clause. */
    public String words() {
      return words;
    }
  }
}
