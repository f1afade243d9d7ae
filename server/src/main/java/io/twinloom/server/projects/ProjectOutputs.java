package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import java.nio.file.Path;

/**
 * What is made of a project as files, by means that only the installation has. The command gives
 * it. Safe for threads.
 */
public interface ProjectOutputs {

  /**
   * Makes the packages that would be uploaded.
   *
   * @param folder gets a folder for each cloud
   * @throws io.twinloom.model.TwinloomException if one cannot be made
   */
  void packages(PreparedProject project, Path folder);

  /**
   * Writes the whole state of a twin on this machine to a file, consistent, while it runs.
   *
   * @param data the twin's data folder
   * @param file does not exist
   * @param secrets whether tokens and passwords are in it
   * @throws io.twinloom.model.TwinloomException if the twin was never deployed here
   */
  void snapshot(Path data, Path file, boolean secrets);
}
