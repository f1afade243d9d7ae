package io.twinloom.model.reading;

import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Problems of what only the clouds read: an error there is a warning for the local target, which
 * does without it.
 */
final class CloudProblems {

  /** What a deployment to the clouds puts right by itself. */
  private static final Set<ErrorCode> REWRITTEN =
      Set.of(
          ModelError.CONNECTION_MISMATCH,
          ModelError.CONNECTION_UNKNOWN,
          ModelError.TOKEN_SHORT,
          ModelError.VALUE_UNKNOWN);

  private final List<Problem> everywhere;
  private final List<Problem> clouds = new ArrayList<>();

  /**
   * @param everywhere the problems that every target has
   */
  CloudProblems(List<Problem> everywhere) {
    this.everywhere = everywhere;
  }

  /** What is wrong for the clouds alone, each as severe as it is there. */
  List<Problem> clouds() {
    return clouds;
  }

  /** Problems of this file that are reported for the cloud target only. */
  ProblemCollector onClouds(String file) {
    return new ProblemCollector(file, clouds);
  }

  /** Takes over the problems of a file that the clouds alone read. */
  void addOnlyReadThere(List<Problem> found) {
    for (Problem problem : found) {
      boolean error = problem.severity() == Severity.ERROR && !REWRITTEN.contains(problem.error());
      if (error) {
        clouds.add(problem);
      }
      everywhere.add(problem.asWarning());
    }
  }
}
