package io.twinloom.functions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NormalizerProperties {

  private static final Optional<String> ACCEPTED = Optional.of("2026-03-01T12:00:00.000000Z");
  private final Normalizer normalizer = new Normalizer("press-1"::equals);

  @Provide
  Arbitrary<JsonObject> messages() {
    return Messages.accepted();
  }

  @Property
  void normalisingANormalisedMessageChangesNothing(@ForAll("messages") JsonObject message) {
    Normalized once = normalizer.normalize(message, "press-1", ACCEPTED);
    Normalized twice = normalizer.normalize(once.message(), "", Optional.empty());
    assertThat(twice.message()).isSameAs(once.message());
    assertThat(twice.device()).isEqualTo(once.device());
    assertThat(twice.timestamp()).isEqualTo(once.timestamp());
  }

  @Property
  void everyExtraFieldIsKeptAsItIs(@ForAll("messages") JsonObject message) {
    JsonObject normal = normalizer.normalize(message, "press-1", ACCEPTED).message();
    message
        .members()
        .forEach(
            (name, value) -> {
              if (!name.matches("device_id|(iot|IoT)DeviceId|deviceId|timestamp|time|ts")) {
                assertThat(normal.get(name)).isEqualTo(value);
              }
            });
    assertThat(normal.has("time") || normal.has("ts")).isFalse();
  }
}
