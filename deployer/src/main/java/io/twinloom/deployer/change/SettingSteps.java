package io.twinloom.deployer.change;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a twin that runs is before chunks are kept otherwise, or requests are signed otherwise. Its
 * movers are idle: a chunk whose answer was lost is sent again by a mover with the settings that it
 * was sent with, since with others its copy would have another key. And no function is sent what it
 * refuses, see {@link VersionSteps}. Pure.
 */
public final class SettingSteps {

  private static final Set<FunctionKind> MOVERS =
      Set.of(FunctionKind.HOT_TO_COLD_MOVER, FunctionKind.COLD_TO_ARCHIVE_MOVER);

  private SettingSteps() {}

  /**
   * The steps, each of which begins when nothing is under way any more that began before the one
   * before it and its suspended movers have no open plan. Empty where neither differs.
   *
   * @param before what runs
   */
  public static List<PreparedProject> between(PreparedProject before, PreparedProject after) {
    TwinConfig old = before.project().config();
    TwinConfig now = after.project().config();
    boolean signsOtherwise = !old.signedConnections().equals(now.signedConnections());
    if (old.compressChunks() == now.compressChunks() && !signsOtherwise) {
      return List.of();
    }
    PreparedProject idle =
        before.withLegs(before.project().placement(), before.project().legs().suspending(MOVERS));
    List<PreparedProject> steps = new ArrayList<>(List.of(idle));
    TwinConfig signing = old.withSigning(VersionSteps.signing(old, now));
    if (!signing.signedConnections().equals(now.signedConnections())) {
      steps.add(idle.with(signing, idle.project().fleet()));
    }
    return steps;
  }
}
