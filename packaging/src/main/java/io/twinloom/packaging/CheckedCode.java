package io.twinloom.packaging;

import io.twinloom.model.Problem;
import java.util.List;

/**
 * What checking found.
 *
 * @param problems all of them, in the order of the code
 * @param prepared the code without errors, in its order
 */
public record CheckedCode(List<Problem> problems, List<PreparedCode> prepared) {
  public CheckedCode {
    problems = List.copyOf(problems);
    prepared = List.copyOf(prepared);
  }
}
