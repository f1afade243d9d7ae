package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin.ActiveFault;
import io.twinloom.deployer.live.LiveTwin.Faults;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;

/** Connections that are broken on purpose. */
public final class ChaosView {

  private ChaosView() {}

  /** What is broken now, and what can be. */
  public static JsonObject json(RunningProject twin) {
    Faults faults = twin.live().faults();
    return JsonObject.builder()
        .put("available", true)
        .put("active", Members.list(faults.active(), ChaosView::fault))
        .put("connections", JsonArray.ofTexts(faults.connections()))
        .build();
  }

  private static JsonObject fault(ActiveFault active) {
    return JsonObject.builder()
        .put("connection", active.connection())
        .put("cut", active.fault().cut())
        .put("latencyMs", active.fault().latency().toMillis())
        .put("errorRate", active.fault().errorRate())
        .put("wrongToken", active.fault().wrongToken())
        .put("until", active.until().toString())
        .put("since", active.since().toString())
        .put("affected", active.affected())
        .build();
  }
}
