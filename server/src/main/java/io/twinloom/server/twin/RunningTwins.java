package io.twinloom.server.twin;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The twins that run in this process.
 *
 * @param byId by the ids of their projects
 * @param times since when the user code of each is as it is
 * @param tokens since when the tokens of each are as they are
 */
public record RunningTwins(
    Map<String, RunningProject> byId,
    Map<String, CodeTimes> times,
    Map<String, TokenTimes> tokens) {

  private static final String PROJECT = "project";

  public RunningTwins {
    byId = Map.copyOf(byId);
    times = Map.copyOf(times);
    tokens = Map.copyOf(tokens);
  }

  /** One twin, whose project's id is the twin's name. */
  public static RunningTwins of(RunningProject running, InstantSource clock) {
    String id = running.project().topology().twin();
    return new RunningTwins(
        Map.of(id, running),
        Map.of(id, CodeTimes.of(running, clock)),
        Map.of(id, TokenTimes.of(running, clock)));
  }

  /** Since when the user code of a twin is as it is. */
  public CodeTimes codeTimes(RunningProject twin) {
    return known(times, twin);
  }

  /** Since when the tokens of a twin are as they are. */
  public TokenTimes tokenTimes(RunningProject twin) {
    return known(tokens, twin);
  }

  private static <T> T known(Map<String, T> all, RunningProject twin) {
    T known = all.get(twin.project().topology().twin());
    if (known == null) {
      throw new IllegalStateException("a twin that does not run here");
    }
    return known;
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
