package io.twinloom.local;

import io.twinloom.model.Provider;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The three clouds of one twin, running in this process. */
public final class LocalClouds implements AutoCloseable {

  /** Where a cloud is reached. */
  public record Endpoint(URI http, URI mqtt) {}

  /** What a function has done since the start. */
  public record FunctionCounts(
      String name, Provider cloud, long invocations, long errors, String lastEvent) {}

  /** A dead letter as it is kept; {@code event} is what replaying invokes the function with. */
  public record KeptDeadLetter(
      String id,
      String time,
      String function,
      Provider cloud,
      String error,
      int attempts,
      String traceId,
      JsonValue event) {}

  private LocalClouds() {}

  /**
   * Starts the clouds and returns when they are ready: a device's first publish would be accepted.
   *
   * @throws io.twinloom.model.TwinloomException if they cannot start; nothing is left running
   */
  public static LocalClouds start(LocalTwin twin, LocalOptions options) {
    throw new IllegalStateException(twin.topology().twin() + options.data());
  }

  public Map<Provider, Endpoint> endpoints() {
    return Map.of();
  }

  public List<FunctionCounts> functions() {
    return List.of();
  }

  /** Invocations that are accepted and not finished, over all clouds. */
  public long backlog() {
    return 0;
  }

  /** What went wrong that nobody was told of: skipped, dropped, unusual; newest last, bounded. */
  public List<String> warnings() {
    return List.of();
  }

  public List<KeptDeadLetter> deadLetters() {
    return List.of();
  }

  /** Invokes the functions of these dead letters again and forgets them; returns how many. */
  public int replay(List<String> ids) {
    return ids.size();
  }

  /** Calls a function directly, with the deployer's right: no endpoint, no token. */
  public JsonValue call(String function, JsonObject event) {
    return event;
  }

  /** Sends a command to a device over the channel of the cloud that its layer 1 is on. */
  public void sendCommand(String device, byte[] payload) {}

  /** Stops taking messages, lets running functions end for a short while, and closes the stores. */
  @Override
  public void close() {}
}
