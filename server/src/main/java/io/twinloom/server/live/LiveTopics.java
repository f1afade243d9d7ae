package io.twinloom.server.live;

import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.server.events.Topic;
import io.twinloom.server.twin.CodeTimes;
import io.twinloom.server.twin.DeadLetterRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The topics of a twin: each event is what its route answers without parameters. */
public final class LiveTopics {

  private static final int LINES = 200;
  private static final Duration QUARTER = Duration.ofMillis(250);
  private static final Duration HALF = Duration.ofMillis(500);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private LiveTopics() {}

  /** All of them. */
  public static List<Topic> of(RunningProject twin, LiveViews views, CodeTimes times) {
    Simulator simulator = views.simulator(twin);
    return List.of(
        Topic.ofState("status", SECOND, () -> StatusJson.write(twin.control().status())),
        Topic.ofState(
            "ledger", HALF, () -> LedgerView.json(twin, LiveRoutes.WINDOW, Optional.empty())),
        Topic.ofState(
            "traffic",
            SECOND,
            () -> views.traffic().json(twin, LiveRoutes.WINDOW, Optional.empty())),
        Topic.ofState(
            "values",
            SECOND,
            () -> views.values().json(twin, Optional.empty(), Optional.empty(), ValuesView.RECENT)),
        Topic.ofState(
            "devices", Duration.ofSeconds(2), () -> DevicesView.json(twin, simulator.devices())),
        Topic.ofState("tiers", Duration.ofSeconds(5), () -> TiersView.json(twin)),
        Topic.ofState("firings", HALF, () -> FiringsView.json(twin, LiveTwin.FiringQuery.ALL, 100)),
        Topic.ofState("deadLetters", SECOND, () -> DeadLetterRoutes.summary(twin, times)),
        Topic.ofState("simulator", SECOND, simulator::json),
        Topic.ofState("chaos", SECOND, () -> ChaosView.json(twin)),
        new Topic("logs", QUARTER, false, logs(twin)));
  }

  private static Supplier<Optional<JsonObject>> logs(RunningProject twin) {
    NewLines lines = new NewLines(twin.live());
    return lines::look;
  }

  /** The lines since it was looked at last: the newest of them, and how many were left out. */
  private static final class NewLines {
    private static final Duration UNWATCHED = Duration.ofSeconds(2);

    private final LiveTwin twin;
    private LiveTwin.LogFollower follower;
    private long looked = System.nanoTime();

    NewLines(LiveTwin twin) {
      this.twin = twin;
      this.follower = twin.followLog();
    }

    Optional<JsonObject> look() {
      long now = System.nanoTime();
      if (now - looked > UNWATCHED.toNanos()) {
        // Nobody has listened: what was written meanwhile is asked of the log's route.
        follower = twin.followLog();
      }
      looked = now;
      List<JsonValue> lines = new ArrayList<>();
      follower.poll(line -> lines.add(line.json()));
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      int dropped = Math.max(0, lines.size() - LINES);
      return Optional.of(
          JsonObject.builder()
              .put("items", new JsonArray(lines.subList(dropped, lines.size())))
              .put("dropped", dropped)
              .build());
    }
  }
}
