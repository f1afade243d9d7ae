package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonObject;

/**
 * A twin as it stands on one cloud.
 *
 * @param project what was deployed
 * @param outputs what this cloud's Terraform module gave back, without secrets
 */
public record Deployment(PreparedProject project, JsonObject outputs) {}
