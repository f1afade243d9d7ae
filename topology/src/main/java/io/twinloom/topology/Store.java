package io.twinloom.topology;

import io.twinloom.model.Provider;

/** A store that a twin has. */
public record Store(String name, String cloudName, Kind kind, Provider cloud) {

  /** What it holds. */
  public enum Kind {
    HOT,
    COLD,
    ARCHIVE,
    TWIN_GRAPH
  }
}
