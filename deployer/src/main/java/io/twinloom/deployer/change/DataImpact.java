package io.twinloom.deployer.change;

import io.twinloom.json.JsonObject;
import java.util.List;

/**
 * A change of a deployed twin that moves stored data or can make some of it unreachable, which is
 * confirmed apart from all others.
 *
 * @param change all that differs
 * @param touched what is stored that it concerns
 */
public record DataImpact(ProjectChange change, List<TouchedData> touched) {

  public DataImpact {
    touched = List.copyOf(touched);
    if (change.confirmedApart().isEmpty()) {
      throw new IllegalArgumentException("nothing of it is confirmed apart");
    }
  }

  /** The differences that are confirmed, for people. */
  public List<String> what() {
    return change.confirmedApart();
  }

  /** For machines, as {@code plan --json} has it. */
  public JsonObject json() {
    return TouchedData.json(change, touched);
  }
}
