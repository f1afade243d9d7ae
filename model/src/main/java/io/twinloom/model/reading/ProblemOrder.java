package io.twinloom.model.reading;

import io.twinloom.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which people fix things: file by file, and each file from top to bottom. */
final class ProblemOrder {

  private ProblemOrder() {}

  static List<Problem> sorted(List<Problem> problems) {
    if (problems.size() < 2) {
      return problems;
    }
    Map<String, List<Problem>> byFile = new LinkedHashMap<>();
    for (Problem problem : problems) {
      byFile.computeIfAbsent(problem.file(), file -> new ArrayList<>()).add(problem);
    }
    List<Problem> sorted = new ArrayList<>(problems.size());
    for (List<Problem> ofFile : byFile.values()) {
      ofFile.sort((a, b) -> Integer.compare(a.line(), b.line()));
      sorted.addAll(ofFile);
    }
    return sorted;
  }
}
