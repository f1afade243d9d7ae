package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import java.nio.file.Path;
import java.util.List;

/**
 * What is made of a project as files, by means that only the installation has. The command gives
 * it. Safe for threads.
 */
public interface ProjectOutputs {

  /** The names of the examples that a project can be made from. */
  List<String> examples();

  /**
   * Writes the files of an example.
   *
   * @param example one of {@link #examples}
   * @param folder does not exist, or is empty
   * @throws io.twinloom.model.TwinloomException if they cannot be written
   */
  void example(String example, Path folder);

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
