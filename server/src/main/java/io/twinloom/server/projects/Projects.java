package io.twinloom.server.projects;

import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * The folder in which a project's files are changed.
   *
   * @throws TwinloomException {@code TL-PROJECT-UNKNOWN} if there is no such project; {@code
   *     TL-API-ONE-PROJECT} if it is in no folder
   */
  Path folder(String id);

  /**
   * What is known of a project now.
   *
   * @throws TwinloomException {@code TL-PROJECT-UNKNOWN} if there is no such project
   */
  ProjectState state(String id);

  /**
   * Makes a project of a ZIP that was checked to be one, or replaces one and keeps its present
   * version.
   *
   * @param replaces whether there must be one, rather than none
   * @return the kept version; empty where there was none before
   * @throws TwinloomException {@code TL-API-ONE-PROJECT} where projects are not kept here
   */
  default Optional<String> put(String id, Path zip, boolean replaces) {
    throw onlyOne();
  }

  /** Deletes a project; a version of it is kept. */
  default void delete(String id) {
    throw onlyOne();
  }

  /** The kept versions of a project, the newest first; none where none are kept. */
  default List<KeptVersion> versions(String id) {
    var unused = source(id);
    return List.of();
  }

  /** A kept version as a ZIP. */
  default Path version(String id, String version) {
    throw onlyOne();
  }

  /**
   * An earlier version.
   *
   * @param id the time when it was replaced
   */
  record KeptVersion(String id, Instant time, long bytes, int files) {}

  private static TwinloomException onlyOne() {
    return new TwinloomException(
        ServerError.API_ONE_PROJECT, ServerError.API_ONE_PROJECT.facts().meaning(), "projects");
  }
}
