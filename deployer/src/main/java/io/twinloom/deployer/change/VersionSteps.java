package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinConfig.Signing;
import io.twinloom.model.TwinConfig.SigningMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a twin has to be before it is another version of its project, where the functions of several
 * clouds have their settings one after the other and none of them may refuse what another one
 * sends. Pure.
 */
public final class VersionSteps {

  private VersionSteps() {}

  /**
   * What the twin is in between; empty where one step is enough. All behind layer 1 know a device
   * that is added before layer 1 lets it in. Receivers take signatures, and senders sign, before
   * unsigned requests are refused; and senders send the token again before receivers ask for it.
   *
   * @param before what is deployed
   */
  public static Optional<PreparedProject> between(PreparedProject before, PreparedProject after) {
    Project.Fleet fleet = joining(before.project(), after.project());
    TwinConfig config =
        after
            .project()
            .config()
            .withSigning(signing(before.project().config(), after.project().config()));
    PreparedProject step = after.with(config, fleet);
    return step.project().equals(after.project()) ? Optional.empty() : Optional.of(step);
  }

  /** Devices that are added are known, and not let in. */
  private static Project.Fleet joining(Project before, Project after) {
    List<Device> devices = new ArrayList<>();
    List<Device> retired = new ArrayList<>(after.retired());
    for (Device device : after.devices()) {
      boolean known = before.devices().stream().anyMatch(d -> d.id().equals(device.id()));
      (known ? devices : retired).add(device);
    }
    return new Project.Fleet(devices, retired, after.fleet().retiredAt());
  }

  /** How the connections sign in between. */
  static Signing signing(TwinConfig before, TwinConfig after) {
    return between(before.signedConnections(), after.signedConnections());
  }

  private static Signing between(Signing before, Signing after) {
    Set<String> named = new TreeSet<>(before.byConnection().keySet());
    named.addAll(after.byConnection().keySet());
    Map<String, SigningMode> modes = new HashMap<>(after.byConnection());
    for (String id : named) {
      SigningMode mode = between(before.of(id), after.of(id));
      if (mode != after.of(id)) {
        modes.put(id, mode);
      }
    }
    return new Signing(between(before.everywhere(), after.everywhere()), modes);
  }

  private static SigningMode between(SigningMode before, SigningMode after) {
    if (before == SigningMode.OFF && after == SigningMode.STRICT) {
      return SigningMode.ON;
    }
    return before == SigningMode.STRICT && after != SigningMode.STRICT
        ? SigningMode.LEAVING_STRICT
        : after;
  }
}
