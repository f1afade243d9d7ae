package io.twinloom.model.reading;

import io.twinloom.model.Features;
import io.twinloom.model.json.Placed;

/** {@code config_optimization.json}. */
final class OptimizationFile {
  static final String PATH = "config_optimization.json";

  private OptimizationFile() {}

  static Features read(Placed root, Findings findings) {
    String mend = "Write {\"result\": {\"inputParamsUsed\": {\"useEventChecking\": true}}}.";
    Members top = Members.of(root, findings, mend);
    if (top == null) {
      return Features.NONE;
    }
    Placed result = top.optional("result");
    top.done();
    Members members = result == null ? null : Members.of(result, findings, mend);
    if (members == null) {
      return Features.NONE;
    }
    Placed used = members.optional("inputParamsUsed");
    members.done();
    Members flags = used == null ? null : Members.of(used, findings, mend);
    if (flags == null) {
      return Features.NONE;
    }
    Features features =
        new Features(
            flags.flag("useEventChecking", false),
            flags.flag("triggerNotificationWorkflow", false),
            flags.flag("returnFeedbackToDevice", false),
            flags.flag("integrateErrorHandling", false),
            flags.flag("needs3DModel", false));
    flags.done();
    return features;
  }
}
