package io.twinloom.server.projects;

import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a project at a moment.
 *
 * @param id its name in addresses
 * @param project empty where it is invalid
 * @param problems all that is wrong with it
 * @param digest SHA-256 of its files; empty where it is invalid
 * @param deployed where its twin runs; empty where it does not
 * @param modified when a file of it was last changed; empty where it has none
 */
public record ProjectState(
    String id,
    Optional<Project> project,
    List<Problem> problems,
    Optional<String> digest,
    Optional<Deployed> deployed,
    Optional<Instant> modified) {
  public ProjectState {
    problems = List.copyOf(problems);
  }

  /**
   * A twin that runs.
   *
   * @param target the name of its target
   * @param digest of the project as it was deployed, where that is known
   */
  public record Deployed(String target, Optional<String> digest) {}

  /** Whether it can be deployed. */
  public boolean isValid() {
    return problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
  }
}
