package io.twinloom.model;

import io.twinloom.json.JsonObject;
import java.util.List;
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
 * @param deployment what {@code terraform_settings.json} sets of the deployment beside the twin: by
 *     the names of the HCL's variables, each of which has a default there
 * @param problems what is wrong with a project for the clouds, though the local target can run it
 */
public record CloudSettings(
    Map<Provider, String> workflows,
    Optional<Admin> admin,
    Set<Provider> credentials,
    Connections connections,
    JsonObject deployment,
    List<Problem> problems) {

  /** Nothing at all. */
  public static final CloudSettings NONE =
      new CloudSettings(
          Map.of(), Optional.empty(), Set.of(), Connections.NONE, JsonObject.EMPTY, List.of());

  public CloudSettings {
    workflows = Map.copyOf(workflows);
    credentials = Set.copyOf(credentials);
    problems = List.copyOf(problems);
  }

  /** {@code config_user.json}. */
  public record Admin(String email, String firstName, String lastName) {}
}
