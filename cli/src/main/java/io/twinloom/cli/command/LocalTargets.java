package io.twinloom.cli.command;

import io.twinloom.local.LocalOptions;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.local.deploy.LocalWiring;
import io.twinloom.local.deploy.LoopbackServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Makes the local clouds as a target, with the parts that a command has for them. */
final class LocalTargets {

  private LocalTargets() {}

  /**
   * The target.
   *
   * @param background the command that runs the same twin in the foreground of another process
   */
  static LocalTarget of(LocalOptions options, List<String> background) {
    return new LocalTarget(
        options,
        background,
        new LocalWiring(LoopbackServer::mount, InstantSource.system(), new SecureRandom()));
  }
}
