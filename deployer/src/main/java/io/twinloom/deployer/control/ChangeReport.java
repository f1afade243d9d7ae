package io.twinloom.deployer.control;

import java.util.List;

/**
 * What a change of a running twin has done.
 *
 * @param changed what is other than before, for people
 * @param exchanged the user functions that run other code now, by their names
 */
public record ChangeReport(List<String> changed, List<String> exchanged) {
  public ChangeReport {
    changed = List.copyOf(changed);
    exchanged = List.copyOf(exchanged);
  }
}
