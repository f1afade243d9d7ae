package io.twinloom.local.deploy;

import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.local.LocalOptions;
import java.util.List;

/**
 * How a local twin is to run.
 *
 * @param options how its clouds run; their data folder is the twin's whole data folder
 * @param chosen the user's options that these were made of, which are kept with the data
 * @param shown all options with their values and where these are from, for the status
 * @param background the command that runs this very twin in the foreground of another process
 */
public record LocalRun(
    LocalOptions options, RunOptions chosen, List<OptionStatus> shown, List<String> background) {
  public LocalRun {
    shown = List.copyOf(shown);
    background = List.copyOf(background);
  }
}
