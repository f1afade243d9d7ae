package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.change.DataImpact;
import io.twinloom.deployer.cloud.Confirmation;
import io.twinloom.deployer.control.StatusReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the twins of projects run. The command gives it, which knows the targets; each method takes
 * the project's folder. Safe for threads.
 */
public interface TwinPlaces {

  /**
   * Where a running twin is asked.
   *
   * @param api the address of its process
   * @param twin its name, which is its project's id there
   * @param digest of the project as it was deployed, where that is known
   */
  record Address(URI api, String twin, Optional<String> digest) {}

  /** This machine. */
  Target local(Path project);

  /** The folder with the data of the twin on this machine, if it has any. */
  Path data(Path project);

  /** Where the twin that runs on this machine is asked; empty where it does not run. */
  Optional<Address> running(Path project);

  /** The project as it was last deployed on this machine; empty where it never was. */
  Optional<PreparedProject> deployed(Path project);

  /**
   * What deploying a version on this machine would do to the twin there that is confirmed apart;
   * empty where that is nothing.
   */
  Optional<DataImpact> impact(Path project, PreparedProject wanted);

  /** How a twin is that does not run on this machine. */
  StatusReport stopped(Path project, PreparedProject deployed);

  /**
   * The clouds.
   *
   * @param prepared the project, for what is asked of a twin that is there
   * @param confirmation is asked before anything is changed
   */
  Target clouds(Path project, Supplier<PreparedProject> prepared, Confirmation confirmation);

  /** Whether a deployment to the clouds was begun and not ended. */
  boolean isOnClouds(Path project);
}
