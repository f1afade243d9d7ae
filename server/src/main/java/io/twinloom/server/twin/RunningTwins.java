package io.twinloom.server.twin;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The twins that run in this process, by the ids of their projects. */
public record RunningTwins(Map<String, RunningProject> byId) {

  private static final String PROJECT = "project";

  public RunningTwins {
    byId = Map.copyOf(new TreeMap<>(byId));
  }

  /** One twin, whose project's id is the twin's name. */
  public static RunningTwins of(RunningProject running) {
    return new RunningTwins(Map.of(running.project().topology().twin(), running));
  }

  /**
   * The twin that a request is about.
   *
   * @throws TwinloomException if there is none of this id
   */
  public RunningProject of(ApiRequest request) {
    return of(request.in(PROJECT));
  }

  /**
   * The twin of a project, or the only one where none is named.
   *
   * @throws TwinloomException if there is none of this id, or several and none is named
   */
  public RunningProject of(Optional<String> id) {
    if (id.isPresent()) {
      return of(id.get());
    }
    if (byId.size() != 1) {
      throw new TwinloomException(
          ServerError.PROJECT_UNKNOWN,
          "No project is named, and " + byId.size() + " twins run here.",
          PROJECT);
    }
    return byId.values().iterator().next();
  }

  /**
   * The twin of a project.
   *
   * @throws TwinloomException if there is none of this id
   */
  public RunningProject of(String id) {
    return Optional.ofNullable(byId.get(id))
        .orElseThrow(
            () ->
                new TwinloomException(
                    ServerError.PROJECT_UNKNOWN, "There is no project \"" + id + "\".", PROJECT));
  }
}
