package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.InvalidProjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The projects that a server has. Safe for threads. What is asked of a project that is not there
 * throws {@code TL-PROJECT-UNKNOWN}.
 */
public interface Projects {

  /**
   * A twin that runs.
   *
   * @param target the name of its target
   * @param digest of the project as it was deployed; empty where that is not known
   * @param control what it is asked through
   */
  record Running(String target, Optional<String> digest, TwinControl control) {}

  /** The ids of all, sorted. */
  List<String> ids();

  /** The folder that holds a project's files, or the ZIP. */
  Path source(String id);

  /**
   * The folder in which a project's files can be changed.
   *
   * @throws TwinloomException {@code TL-API-ONE-PROJECT} if it is in no folder
   */
  Path folder(String id);

  /** What projects are changed with. */
  Workspace workspace();

  /**
   * Where a project can be deployed to.
   *
   * @param name {@code local} or {@code cloud}
   * @throws TwinloomException {@code TL-API-ONE-PROJECT} if not from here
   */
  Target target(String id, String name);

  /** Whether something of a project's twin may be on the clouds. */
  boolean isOnClouds(String id);

  /**
   * Has a twin that runs be the present project, where all that has changed can be changed while it
   * runs.
   *
   * @param former the project as it was before
   * @return whether the twin is the present project now
   */
  boolean apply(String id, PreparedProject former);

  /** Reads a project and checks all of it. */
  Preparation.Outcome check(String id);

  /** A project's twin, where it runs. */
  Optional<Running> running(String id);

  /** A project as it was last deployed; empty where it never was. */
  Optional<PreparedProject> deployed(String id);

  /** The folder with the data of a project's twin on this machine, if it has any. */
  Path data(String id);

  /**
   * A project that is valid.
   *
   * @throws InvalidProjectException if it is not
   */
  default PreparedProject valid(String id) {
    Preparation.Outcome outcome = check(id);
    return outcome.project().orElseThrow(() -> InvalidProjectException.of(id, outcome.problems()));
  }

  /**
   * A project as it is, or was deployed where it is invalid.
   *
   * @throws InvalidProjectException if it never was valid
   */
  default PreparedProject known(String id) {
    Preparation.Outcome outcome = check(id);
    return outcome
        .project()
        .or(() -> deployed(id))
        .orElseThrow(() -> InvalidProjectException.of(id, outcome.problems()));
  }

  /**
   * The projects as folders that can be made and deleted.
   *
   * @throws TwinloomException {@code TL-API-ONE-PROJECT} where they cannot
   */
  ProjectFolders folders();

  /** Whether any of these problems keeps a project from being deployed. */
  static boolean isInvalid(List<Problem> problems) {
    return problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }
}
