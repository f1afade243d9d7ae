package io.twinloom.model.reading;

import io.twinloom.json.Placed;
import io.twinloom.model.Features;
import org.jspecify.annotations.Nullable;

/** {@code config_optimization.json}. */
final class OptimizationFile {
  static final String PATH = "config_optimization.json";

  private OptimizationFile() {}

  /** The features; null, and reported, if they cannot be told. */
  static @Nullable Features read(Placed root, Findings findings) {
    String fix = "Write {\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}.";
    Members top = Members.of(root, findings, fix);
    if (top == null) {
      return null;
    }
    Placed result = top.optional("result");
    top.done();
    if (result == null) {
      return Features.NONE;
    }
    Members members = Members.of(result, findings, fix);
    if (members == null) {
      return null;
    }
    Placed used = members.optional("inputParamsUsed");
    members.done();
    if (used == null) {
      return Features.NONE;
    }
    int before = findings.count();
    Members flags = Members.of(used, findings, fix);
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
    boolean told = findings.count() == before;
    flags.done();
    return told ? features : null;
  }
}
