package io.twinloom.server.why;

import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.twin.RunningTwins;
import java.time.InstantSource;

/** The route of the walk. */
public final class WhyRoutes {

  private final RunningTwins twins;
  private final InstantSource clock;

  public WhyRoutes(RunningTwins twins, InstantSource clock) {
    this.twins = twins;
    this.clock = clock;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.get("/projects/{project}/devices/{device}/why", this::why);
  }

  private JsonObject why(ApiRequest request) {
    Parameters query = request.query("property", "from", "to", "verify");
    return WhyWalk.json(
        twins.of(request),
        new WhyWalk.Question(
            request.in("device"),
            query.text("property"),
            query.time("from").map(Timestamps::of),
            query.time("to").map(Timestamps::of),
            query.flag("verify")),
        clock);
  }
}
