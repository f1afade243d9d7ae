package io.twinloom.server.deploy;

import io.twinloom.deployer.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the projects of a server can be deployed to. Safe for threads. */
public interface ServedTargets {

  /** This machine, where a project's twin runs in a process of its own. */
  Target local(Path project);

  /** The clouds; what is changed there was confirmed by who asked for it. */
  Target cloud(Path project);

  /** The server of a project's twin, where it runs on this machine now. */
  Optional<Running> running(Path project);

  /**
   * A twin in a process of its own.
   *
   * @param api the address of its server
   * @param twin its name
   */
  record Running(URI api, String twin) {}
}
