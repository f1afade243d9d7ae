package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.deployer.client.ControlClient;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.TwinloomException;

/** What commands have that ask what only a twin in a process of this machine knows. */
abstract class RunningTwinCommand extends DeployedCommand {

  /**
   * The twin that runs here.
   *
   * @throws TwinloomException if it does not, or is on the clouds
   */
  final ControlClient client() {
    if (isCloud()) {
      throw new TwinloomException(
          CliError.USAGE,
          "This is known of a twin on this machine alone.",
          "--target",
          "Leave --target out; on the clouds see 'twinloom logs' and 'twinloom verify'.");
    }
    LocalTarget target = localTarget();
    return target.client().orElseThrow(() -> target.absent(named()));
  }
}
