package io.twinloom.server.deploy;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudAccount.LayerPermissions;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.Projects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The route that says which permissions the clouds' credentials of a project lack. */
public final class CredentialsRoutes {

  private final Projects projects;
  private final UserCodeChecker checker;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param environment where credentials may be
   */
  public CredentialsRoutes(
      Projects projects,
      UserCodeChecker checker,
      Map<String, String> environment,
      InstantSource clock) {
    this.projects = projects;
    this.checker = checker;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.post("/projects/{project}/credentials-check", this::check);
  }

  private JsonObject check(ApiRequest request) {
    String id = request.in("project");
    PreparedProject project =
        Preparation.of(projects.source(id), checker)
            .project()
            .orElseThrow(() -> ApiException.notDeployable(id));
    List<JsonValue> clouds = new ArrayList<>();
    for (Provider cloud : CloudTarget.cloudsOf(project.topology())) {
      clouds.add(cloud(cloud, project));
    }
    return JsonObject.builder().put("clouds", new JsonArray(clouds)).build();
  }

  private JsonObject cloud(Provider cloud, PreparedProject project) {
    CloudSupport support = CloudSupport.all().get(cloud);
    if (support == null) {
      return failed(cloud, "Twinloom cannot deploy there yet.");
    }
    CloudCredentials given = CloudCredentials.of(project.source(), cloud, environment);
    try (CloudAccount account = support.open(given, clock)) {
      CloudAccount.Identity identity = account.identity();
      List<JsonValue> missing = new ArrayList<>();
      for (LayerPermissions layer : account.permissions(project)) {
        layer
            .missing()
            .forEach(
                permission ->
                    missing.add(
                        JsonObject.builder()
                            .put("layer", layer.layer().title())
                            .put("permission", permission)
                            .build()));
      }
      return JsonObject.builder()
          .put("cloud", cloud.id())
          .put("ok", missing.isEmpty())
          .put("identity", identity.principal())
          .put("missing", new JsonArray(missing))
          .put("problem", JsonNull.NULL)
          .build();
    } catch (TwinloomException e) {
      return failed(cloud, e.what() + " " + e.fix());
    }
  }

  private static JsonObject failed(Provider cloud, String problem) {
    return JsonObject.builder()
        .put("cloud", cloud.id())
        .put("ok", false)
        .put("identity", JsonNull.NULL)
        .put("missing", JsonArray.EMPTY)
        .put("problem", new JsonString(problem))
        .build();
  }
}
