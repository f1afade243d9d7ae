package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;

/**
 * A twin as it stands on one cloud.
 *
 * @param project what was deployed
 * @param outputs what this cloud's Terraform module gave back, without secrets
 * @param connections addresses and tokens of the receivers on all clouds
 */
public record Deployment(PreparedProject project, JsonObject outputs, Connections connections) {

  /** One for what needs no connection. */
  public Deployment(PreparedProject project, JsonObject outputs) {
    this(project, outputs, Connections.NONE);
  }
}
