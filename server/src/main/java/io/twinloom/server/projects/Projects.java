package io.twinloom.server.projects;

import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.List;

/** The projects that a server has. Safe for threads. */
public interface Projects {

  /** The ids of all, sorted. */
  List<String> ids();

  /**
   * The folder or ZIP that holds a project's files.
   *
   * @throws TwinloomException {@code TL-PROJECT-UNKNOWN} if there is no such project
   */
  Path source(String id);

  /**
   * What is known of a project now.
   *
   * @throws TwinloomException {@code TL-PROJECT-UNKNOWN} if there is no such project
   */
  ProjectState state(String id);
}
