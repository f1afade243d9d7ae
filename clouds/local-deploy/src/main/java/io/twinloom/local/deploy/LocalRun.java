package io.twinloom.local.deploy;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.local.LocalOptions;
import io.twinloom.model.Layer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a local twin is to run.
 *
 * @param options how its clouds run; their data folder is the twin's whole data folder
 * @param chosen the user's options that these were made of, which are kept with the data
 * @param shown all options with their values and where these are from, for the status
 * @param background the command that runs this very twin in the foreground of another process
 * @param order what is wanted where the start changes the twin
 */
public record LocalRun(
    LocalOptions options,
    RunOptions chosen,
    List<OptionStatus> shown,
    List<String> background,
    ChangeOrder order) {
  public LocalRun {
    shown = List.copyOf(shown);
    background = List.copyOf(background);
  }

  /** One that copies the data of tiers that move, as far as it can be read at once. */
  public LocalRun(
      LocalOptions options, RunOptions chosen, List<OptionStatus> shown, List<String> background) {
    this(options, chosen, shown, background, usual(options));
  }

  private static ChangeOrder usual(LocalOptions options) {
    return ChangeOrder.make("", modes(options), Set.of());
  }

  /** What becomes of the data of tiers that move, where nobody says anything else. */
  public static Map<Layer, StoreMode> modes(LocalOptions options) {
    Map<Layer, StoreMode> modes = new EnumMap<>(Layer.class);
    modes.put(Layer.L3_HOT, StoreMode.COPY);
    modes.put(Layer.L3_COLD, StoreMode.COPY);
    modes.put(
        Layer.L3_ARCHIVE, options.archiveRestore().isPresent() ? StoreMode.LEAVE : StoreMode.COPY);
    return modes;
  }
}
