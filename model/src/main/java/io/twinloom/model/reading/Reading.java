package io.twinloom.model.reading;

import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a project.
 *
 * @param project the project; empty if any problem is an error
 * @param code the user code that was found, whether or not the rest is valid
 * @param problems everything that is wrong, file by file, each file's from top to bottom
 */
public record Reading(Optional<Project> project, List<UserCode> code, List<Problem> problems) {
  public Reading {
    code = List.copyOf(code);
    problems = List.copyOf(problems);
  }

  /** Whether the project can be deployed. */
  public boolean isValid() {
    return project.isPresent();
  }
}
