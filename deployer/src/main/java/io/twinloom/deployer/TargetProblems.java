package io.twinloom.deployer;

import io.twinloom.model.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a project together with what a target has to say about it. */
public final class TargetProblems {

  private TargetProblems() {}

  /** What the target says of a problem that every target has takes its place. */
  public static List<Problem> merged(List<Problem> everywhere, List<Problem> ofTarget) {
    Set<List<Object>> said = new HashSet<>();
    ofTarget.forEach(p -> said.add(place(p)));
    List<Problem> all = new ArrayList<>(everywhere);
    all.removeIf(p -> said.contains(place(p)));
    all.addAll(ofTarget);
    return all;
  }

  private static List<Object> place(Problem problem) {
    return List.of(problem.code(), problem.file(), problem.line(), problem.pointer());
  }
}
