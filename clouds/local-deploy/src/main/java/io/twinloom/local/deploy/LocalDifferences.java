package io.twinloom.local.deploy;

import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import java.util.List;

/** What the local target does otherwise than the clouds that it stands for. */
final class LocalDifferences {

  private LocalDifferences() {}

  /** Those that concern a project. */
  static List<Problem> of(Project project) {
    String file = project.cloudSettings().workflows().get(project.placement().l2());
    return file == null || !project.features().triggerNotificationWorkflow()
        ? List.of()
        : List.of(
            new Problem(
                Problem.Severity.WARNING,
                LocalDeployError.WORKFLOW_GENERATED,
                file,
                1,
                "",
                "The local target runs the generated workflow, not this one.",
                "Nothing to fix: on its cloud this one is deployed as it is."));
  }
}
