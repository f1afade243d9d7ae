package io.twinloom.server.deployments;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.Projects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which permissions the credentials of a project's clouds lack. */
public final class CredentialRoutes {

  private final Projects projects;
  private final Map<Provider, CloudSupport> clouds;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param environment where credentials can be, too
   */
  public CredentialRoutes(
      Projects projects,
      Map<Provider, CloudSupport> clouds,
      Map<String, String> environment,
      InstantSource clock) {
    this.projects = projects;
    this.clouds = Map.copyOf(clouds);
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.post("/projects/{project}/credentials-check", this::check);
  }

  private JsonObject check(ApiRequest request) {
    PreparedProject project = projects.valid(request.in("project"));
    List<JsonValue> found = new ArrayList<>();
    for (Provider cloud : CloudTarget.cloudsOf(project.topology())) {
      found.add(check(cloud, project));
    }
    return JsonObject.builder().put("clouds", new JsonArray(found)).build();
  }

  private JsonObject check(Provider cloud, PreparedProject project) {
    CloudSupport support = clouds.get(cloud);
    if (support == null) {
      return json(
          cloud,
          Optional.empty(),
          List.of(),
          Optional.of(DeployerError.CLOUD_NOT_THERE.facts().meaning()));
    }
    CloudCredentials given = CloudCredentials.of(project.source(), cloud, environment);
    try (CloudAccount account = support.open(given, clock)) {
      CloudAccount.Identity identity = account.identity();
      String who =
          identity.principal() + " in account " + identity.account() + ", " + identity.region();
      List<JsonValue> missing = new ArrayList<>();
      for (LayerPermissions layer : account.permissions(project)) {
        for (String permission : layer.missing()) {
          missing.add(
              JsonObject.builder()
                  .put("layer", layer.layer().title())
                  .put("permission", permission)
                  .build());
        }
      }
      return json(cloud, Optional.of(who), missing, Optional.empty());
    } catch (TwinloomException e) {
      return json(cloud, Optional.empty(), List.of(), Optional.of(e.what() + " " + e.fix()));
    }
  }

  private static JsonObject json(
      Provider cloud, Optional<String> identity, List<JsonValue> missing, Optional<String> why) {
    return JsonObject.builder()
        .put("cloud", cloud.id())
        .put("ok", missing.isEmpty() && why.isEmpty())
        .put("identity", text(identity))
        .put("missing", new JsonArray(missing))
        .put("problem", text(why))
        .build();
  }

  private static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
  }
}
