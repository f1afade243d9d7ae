package io.twinloom.deployer.grafana;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of setting up a Grafana that a cloud runs. */
public enum GrafanaError implements ErrorCode {
  GRAFANA_PLUGIN(
      temporary(
          502,
          "A plugin of Grafana was installed, and Grafana does not have it after minutes.",
          "Deploy again; if it stays so, see Administration, Plugins in Grafana.")),
  GRAFANA_REFUSED(
      permanent(
          502,
          "Grafana refused a plugin, a data source or a dashboard of the twin.",
          "See what Grafana says, and deploy again: what is there already stays.")),
  GRAFANA_UNREACHABLE(
      temporary(
          503,
          "Grafana does not answer, or is too busy.",
          "Check that its address is reachable from here, and deploy again."));

  private final ErrorFacts facts;

  GrafanaError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
