package io.twinloom.server.events;

import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that clients are kept up to date with.
 *
 * @param name as clients ask for it
 * @param every how often it is looked at; at least {@link EventHub#STEP}
 * @param state whether each event takes the place of the one before
 * @param look the present state, or what is new; empty where nothing is
 */
public record Topic(
    String name, Duration every, boolean state, Supplier<Optional<JsonObject>> look) {

  /** A topic whose events are whole states. */
  public static Topic ofState(String name, Duration every, Supplier<JsonObject> state) {
    return new Topic(name, every, true, () -> Optional.of(state.get()));
  }
}
