package io.twinloom.server.twin;

import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.http.Response;
import io.twinloom.json.JsonObject;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The twin service of layer 4 in TwinMaker's shapes, and the end of a twin's process. */
public final class ServiceRoutes {

  private final RunningTwins twins;
  private final Consumer<Runnable> later;

  /**
   * @param later runs something once the present request is answered
   */
  public ServiceRoutes(RunningTwins twins, Consumer<Runnable> later) {
    this.twins = twins;
    this.later = later;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .post("/projects/{project}/twin/{operation}", this::read)
        .add("POST", "/projects/{project}/stop", this::stop);
  }

  private JsonObject read(ApiRequest request) {
    String operation = request.in("operation");
    Optional<Instant> at = request.query("at").time("at");
    TwinControl twin = twins.of(request).control();
    return at.isPresent()
        ? new TwinAtInstant(twin, at.get()).read(operation, request.json())
        : twin.readTwin(operation, request.json()).response();
  }

  private Response stop(ApiRequest request) {
    String by = request.members("by").text("by").orElse("another process");
    RunningProject twin = twins.of(request);
    later.accept(() -> twin.stop().accept(by));
    return Action.ok(JsonObject.builder().put("stopping", true).build());
  }
}
