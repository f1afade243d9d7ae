package io.twinloom.deployer.control;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A line of a twin's log, read where it is asked for: what is written is the tree as it stands.
 *
 * @param json the line as the function's cloud keeps it
 */
public record LogLine(JsonObject json) {

  /** ISO 8601; empty where the line has none. */
  public String time() {
    return text("time");
  }

  /** {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}. */
  public String level() {
    return json.text("level").orElse("INFO");
  }

  /** The deployed name of the function that the line is of. */
  public String function() {
    return text("function");
  }

  /** The id of the cloud that it ran on. */
  public String cloud() {
    return text("cloud");
  }

  public Optional<String> traceId() {
    return json.text("trace_id");
  }

  /** The device that the invocation or the note was for; empty where it was for none. */
  public Optional<String> device() {
    return json.text("device").or(() -> field("device"));
  }

  /** How an invocation ended; empty in a line of anything else. */
  public Optional<String> outcome() {
    return json.text("outcome");
  }

  /** How many events a run on several had that ended well; empty in a line of anything else. */
  public OptionalInt endedWell() {
    return json.has("events") && json.get("ok") instanceof JsonNumber n
        ? OptionalInt.of(n.asDecimal().intValue())
        : OptionalInt.empty();
  }

  /** How long an invocation took; empty in a line of anything else. */
  public OptionalDouble millis() {
    return json.get("ms") instanceof JsonNumber n
        ? OptionalDouble.of(n.asDouble())
        : OptionalDouble.empty();
  }

  public Optional<String> message() {
    return json.text("message");
  }

  /** A field of the line, such as {@code rule}. */
  public Optional<String> field(String name) {
    return json.object("fields").flatMap(f -> f.text(name));
  }

  /** Whether the line has a field, of whatever type. */
  public boolean hasField(String name) {
    return json.object("fields").filter(f -> f.has(name)).isPresent();
  }

  private String text(String name) {
    return json.text(name).orElse("");
  }
}
