package io.twinloom.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What only a deployment to the clouds needs; the local target does without.
 *
 * @param workflows the user's own workflow for a cloud, as the path of its file; it is deployed
 *     there as it is, instead of the generated one
 * @param admin who may open the dashboards, where {@code config_user.json} says so
 * @param credentials the clouds that {@code config_credentials.json} has anything for; the secrets
 *     themselves are no part of a project
 * @param connections what {@code config_inter_cloud.json} of the project folder says
 */
public record CloudSettings(
    Map<Provider, String> workflows,
    Optional<Admin> admin,
    Set<Provider> credentials,
    Connections connections) {

  /** Nothing at all. */
  public static final CloudSettings NONE =
      new CloudSettings(Map.of(), Optional.empty(), Set.of(), Connections.NONE);

  public CloudSettings {
    workflows = Map.copyOf(workflows);
    credentials = Set.copyOf(credentials);
  }

  /** {@code config_user.json}. */
  public record Admin(String email, String firstName, String lastName) {}
}
