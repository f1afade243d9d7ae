package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a project at a moment.
 *
 * @param id its name in addresses
 * @param project as it was deployed, where it is invalid; empty where it never was
 * @param problems all that is wrong with it
 * @param digest SHA-256 of its files; empty where it is invalid
 * @param running its twin, where it runs
 * @param modified when a file of it was last changed; empty where it has none
 */
record ProjectState(
    String id,
    Optional<Project> project,
    List<Problem> problems,
    Optional<String> digest,
    Optional<Projects.Running> running,
    Optional<Instant> modified) {
  ProjectState {
    problems = List.copyOf(problems);
  }

  static ProjectState of(Projects projects, String id) {
    Preparation.Outcome outcome = projects.check(id);
    return new ProjectState(
        id,
        outcome.project().or(() -> projects.deployed(id)).map(PreparedProject::project),
        outcome.problems(),
        outcome.project().map(PreparedProject::digest),
        projects.running(id),
        FileTimes.newest(projects.source(id)));
  }

  /** Whether it can be deployed. */
  boolean isValid() {
    return !Projects.isInvalid(problems);
  }
}
