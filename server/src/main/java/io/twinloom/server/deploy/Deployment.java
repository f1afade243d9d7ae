package io.twinloom.server.deploy;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A deployment or its removal while it runs, and what became of it. Safe for threads. */
public final class Deployment {

  private static final int MOST_STEPS = 1_000;

  /** What was asked for. */
  enum Action {
    DEPLOY,
    DESTROY
  }

  /** Where it stands. */
  enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  private record Said(Instant time, String text) {}

  private final String id;
  private final String project;
  private final Action action;
  private final String target;
  private final Instant started;
  private final List<Said> steps = new ArrayList<>();
  private State state = State.RUNNING;
  private @Nullable Instant ended;
  private @Nullable TwinloomException failure;
  private @Nullable Thread thread;
  private boolean cancelled;

  Deployment(String id, String project, Action action, String target, Instant started) {
    this.id = id;
    this.project = project;
    this.action = action;
    this.target = target;
    this.started = started;
  }

  String id() {
    return id;
  }

  String project() {
    return project;
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  synchronized void runs(Thread by) {
    thread = by;
  }

  synchronized void begin() {
    Thread by = thread;
    if (by != null) {
      by.start();
    }
  }

  synchronized void step(Instant now, String text) {
    if (steps.size() < MOST_STEPS) {
      steps.add(new Said(now, text));
    }
  }

  /** Interrupts it: the next one goes on from where it stands. */
  synchronized void cancel() {
    Thread by = thread;
    if (state == State.RUNNING && by != null) {
      cancelled = true;
      by.interrupt();
    }
  }

  synchronized void end(Instant now, @Nullable TwinloomException why) {
    ended = now;
    failure = why;
    state = why == null ? State.DONE : cancelled ? State.CANCELLED : State.FAILED;
  }

  /** How it is now. */
  synchronized JsonObject json() {
    List<JsonValue> said = new ArrayList<>();
    for (Said step : steps) {
      said.add(
          JsonObject.builder()
              .put("time", step.time().toString())
              .put("text", step.text())
              .build());
    }
    TwinloomException why = failure;
    return JsonObject.builder()
        .put("id", id)
        .put("project", project)
        .put("action", action.name().toLowerCase(Locale.ROOT))
        .put("target", target)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("startedAt", started.toString())
        .put(
            "endedAt",
            Optional.ofNullable(ended)
                .<JsonValue>map(t -> new JsonString(t.toString()))
                .orElse(JsonNull.NULL))
        .put("steps", new JsonArray(said))
        .put("problem", why == null ? JsonNull.NULL : Problems.json(why, "urn:twinloom:" + id))
        .build();
  }
}
