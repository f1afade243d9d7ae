package io.twinloom.server.http;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.server.error.ServerError;
import java.util.List;

/** A project that must be valid and is not, with all that is wrong with it. */
public final class InvalidProjectException extends TwinloomException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  private InvalidProjectException(
      ErrorCode error, String what, String where, List<Problem> problems) {
    super(error, what, where);
    this.problems = List.copyOf(problems);
  }

  /**
   * A project that is invalid.
   *
   * @param where the project, as the request names it
   */
  public static InvalidProjectException of(String where, List<Problem> problems) {
    return new InvalidProjectException(
        DeployerError.PROJECT_INVALID,
        "The project is invalid; \"errors\" says all that is wrong with it.",
        where,
        problems);
  }

  /** A change that would make a project invalid: nothing was written. */
  public static InvalidProjectException ofChange(String where, List<Problem> problems) {
    return new InvalidProjectException(
        ServerError.API_INVALID, ServerError.API_INVALID.facts().meaning(), where, problems);
  }

  /** What is wrong, warnings included. */
  public List<Problem> problems() {
    return problems;
  }
}
