package io.twinloom.topology;

import io.twinloom.model.Provider;
import io.twinloom.model.function.Need;

/** A store that a twin has. */
public record Store(String name, String cloudName, Kind kind, Provider cloud) {

  /** What it holds. */
  public enum Kind {
    HOT(Need.HOT_STORE),
    COLD(Need.COLD_STORE),
    ARCHIVE(Need.ARCHIVE_STORE),
    TWIN_GRAPH(Need.TWIN_GRAPH);

    private final Need need;

    Kind(Need need) {
      this.need = need;
    }

    /** The port through which functions use it. */
    public Need need() {
      return need;
    }
  }
}
