package io.twinloom.server.why;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of a walk.
 *
 * @param ok empty where it was not reached
 * @param since since when it fails, where that is known
 * @param doubt whether it passed with something to look at
 */
record Step(
    Name step,
    Optional<Boolean> ok,
    String evidence,
    Optional<Instant> since,
    Optional<String> fix,
    Place place,
    boolean doubt) {

  /** The steps, in the order in which they are walked. */
  enum Name {
    CONFIGURED("configured"),
    CONNECTED("connected"),
    PUBLISHED("published"),
    PARSED("parsed"),
    ROUTED("routed"),
    USER_CODE("userCode"),
    CONNECTION("connection"),
    STORED("stored"),
    TIER("tier"),
    COMPONENT_TYPE("componentType"),
    READER("reader"),
    VERIFY("verify");

    private final String id;

    Name(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /** What a step is about, as far as that is known. */
  record Place(
      Optional<String> function,
      Optional<String> cloud,
      Optional<String> trace,
      Optional<String> deadLetter) {

    static final Place NONE =
        new Place(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A function on its cloud. */
    static Place of(String function, String cloud) {
      return new Place(
          Optional.of(function), Optional.of(cloud), Optional.empty(), Optional.empty());
    }

    Place in(String trace) {
      return new Place(function, cloud, Optional.of(trace).filter(t -> !t.isEmpty()), deadLetter);
    }

    Place with(String letter) {
      return new Place(function, cloud, trace, Optional.of(letter));
    }
  }

  static Step passed(Name name, String evidence) {
    return new Step(
        name, Optional.of(true), evidence, Optional.empty(), Optional.empty(), Place.NONE, false);
  }

  static Step doubtful(Name name, String evidence, String fix) {
    return new Step(
        name, Optional.of(true), evidence, Optional.empty(), Optional.of(fix), Place.NONE, true);
  }

  static Step failed(Name name, String evidence, Optional<Instant> since, String fix) {
    return new Step(name, Optional.of(false), evidence, since, Optional.of(fix), Place.NONE, false);
  }

  static Step unreached(Name name) {
    return new Step(
        name, Optional.empty(), "", Optional.empty(), Optional.empty(), Place.NONE, false);
  }

  Step at(Place where) {
    return new Step(step, ok, evidence, since, fix, where, doubt);
  }

  boolean isFailed() {
    return ok.filter(passed -> !passed).isPresent();
  }

  JsonObject json() {
    return JsonObject.builder()
        .put("step", step.id())
        .put("ok", ok.<JsonValue>map(JsonBoolean::of).orElse(JsonNull.NULL))
        .put("evidence", evidence)
        .put("since", text(since.map(Instant::toString)))
        .put("fix", text(fix))
        .put("doubt", doubt)
        .put("function", text(place.function()))
        .put("cloud", text(place.cloud()))
        .put("trace", text(place.trace()))
        .put("deadLetter", text(place.deadLetter()))
        .build();
  }

  private static JsonValue text(Optional<String> text) {
    return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
  }

  /** As a line for people. */
  String line() {
    String mark = ok.isEmpty() ? "  ?   " : isFailed() ? " FAIL " : doubt ? "  !   " : "  ok  ";
    return mark
        + step.id()
        + (evidence.isEmpty() ? "" : ": " + evidence)
        + since.map(t -> " Since " + t + ".").orElse("")
        + fix.map(f -> "\n      Fix: " + f).orElse("");
  }
}
