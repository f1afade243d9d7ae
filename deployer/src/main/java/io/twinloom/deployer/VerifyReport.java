package io.twinloom.deployer;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Optional;

/**
 * How far a marked measurement came.
 *
 * @param device the device that it was from
 */
public record VerifyReport(String device, List<Hop> hops) {
  public VerifyReport {
    hops = List.copyOf(hops);
  }

  /**
   * One function on the way.
   *
   * @param millis how long it took; negative where it did not come to it
   * @param detail what to know about it: why it stopped there, or what was found
   */
  public record Hop(
      String function, Provider cloud, boolean ok, double millis, Optional<String> detail) {}

  /** Whether it came all the way. */
  public boolean ok() {
    return !hops.isEmpty() && hops.stream().allMatch(Hop::ok);
  }

  /** The machine-readable result of {@code verify}. */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("ok", ok())
        .put("device", device)
        .put("hops", new JsonArray(hops.stream().<JsonValue>map(VerifyReport::json).toList()))
        .build();
  }

  private static JsonObject json(Hop hop) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("function", hop.function())
            .put("cloud", hop.cloud().id())
            .put("ok", hop.ok());
    if (hop.millis() >= 0) {
      json.put("ms", Math.round(hop.millis() * 100) / 100.0);
    } else {
      json.put("ms", io.twinloom.json.JsonNull.NULL);
    }
    hop.detail().ifPresent(d -> json.put("detail", d));
    return json.build();
  }
}
