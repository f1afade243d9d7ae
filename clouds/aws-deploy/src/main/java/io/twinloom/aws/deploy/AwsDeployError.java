package io.twinloom.aws.deploy;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of deploying to AWS and of a twin there. */
public enum AwsDeployError implements ErrorCode {
  DEAD_LETTER_REFUSED(
      permanent(
          409,
          "A dead letter may not be replayed: its key names no function of the twin that its writer may invoke.",
          "Send its measurement again; if the twin was changed since, deploy it as it was, and replay.")),
  TWIN_ENTITY(
      temporary(
          502,
          "TwinMaker did not make or remove an entity.",
          "Run the command again; if it fails again, destroy and deploy.")),
  TWIN_NO_READER(
      permanent(
          409,
          "A function that the twin's values are read through is not deployed.",
          "Deploy the twin again.")),
  TWIN_REQUEST(
      permanent(
          400, "TwinMaker refused a request.", "See TwinMaker's reference of the operation.")),
  VIEW_INCOMPLETE(
      permanent(
          409,
          "The dashboards' workspace, or what it reads, is not deployed.",
          "Deploy the twin again.")),
  VIEW_VERSION(
      temporary(
          502,
          "The dashboards' workspace has too old a Grafana, and was not updated.",
          "See the workspace in the console of Managed Grafana, update it there, and deploy again."));

  private final ErrorFacts facts;

  AwsDeployError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
