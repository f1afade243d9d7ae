package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin.Ledger;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether every measurement is accounted for. */
public final class LedgerView {

  private LedgerView() {}

  /**
   * The ledger of a window, all figures of one instant.
   *
   * @param at that instant; empty: now
   */
  public static JsonObject json(RunningProject twin, Duration window, Optional<Instant> at) {
    Ledger ledger =
        at.map(then -> twin.live().ledger(window, then))
            .orElseGet(() -> twin.live().ledger(window));
    return JsonObject.builder()
        .put("window", Members.window(ledger.from(), ledger.to()))
        .put("published", ledger.published())
        .put("stored", ledger.stored())
        .put("queued", ledger.queued())
        .put("deadLettered", ledger.deadLettered())
        .put("filtered", ledger.filtered())
        .put("missing", ledger.missing())
        .put("addsUp", ledger.missing() == 0)
        .put(
            "oldestQueuedSeconds",
            ledger.oldestQueued().<JsonValue>map(Members::seconds).orElse(JsonNull.NULL))
        .put(
            "store",
            JsonObject.builder()
                .put("cloud", twin.project().project().placement().l3Hot().id())
                .build())
        .build();
  }
}
