package io.twinloom.model.reading;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.Located;
import io.twinloom.model.Features;
import io.twinloom.model.ProblemCollector;
import org.jspecify.annotations.Nullable;

/** {@code config_optimization.json}. */
final class OptimizationFile {
  static final String PATH = "config_optimization.json";

  private OptimizationFile() {}

  /** The features; null, and reported, if they cannot be read. */
  static @Nullable Features read(Located root, ProblemCollector problems) {
    String fix = "Write {\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}.";
    Members top = Members.of(root, problems, fix);
    if (top == null) {
      return null;
    }
    Located result = top.optional("result");
    top.done();
    if (result == null) {
      return Features.NONE;
    }
    Members members = Members.of(result, problems, fix);
    if (members == null) {
      return null;
    }
    Located used = members.optional("inputParamsUsed");
    members.done();
    if (used == null) {
      return Features.NONE;
    }
    int before = problems.count();
    Members flags = Members.of(used, problems, fix);
    if (flags == null) {
      return null;
    }
    Features features =
        new Features(
            flags.flag("useEventChecking", false),
            flags.flag("triggerNotificationWorkflow", false),
            flags.flag("returnFeedbackToDevice", false),
            flags.flag("integrateErrorHandling", false),
            flags.flag("needs3DModel", false));
    boolean readable = problems.count() == before;
    numbers(used, flags);
    flags.done();
    return readable ? features : null;
  }

  /** Numbers are the twin's usage, from which its cost is estimated: any name is right for one. */
  private static void numbers(Located used, Members flags) {
    used.members()
        .forEach(
            (name, value) -> {
              if (value.value() instanceof JsonNumber) {
                flags.optional(name);
              }
            });
  }
}
