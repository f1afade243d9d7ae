package io.twinloom.deployer.control;

import io.twinloom.deployer.control.ReplayReport.Left;
import java.util.List;

/**
 * What became of dead letters that were to be forgotten.
 *
 * @param discarded how many are no dead letters any more
 * @param left those that are dead letters still, or never were
 */
public record DiscardReport(int discarded, List<Left> left) {
  public DiscardReport {
    left = List.copyOf(left);
  }
}
