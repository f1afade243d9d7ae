package io.twinloom.functions.pipeline;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.RecordingLog;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfoSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyCheckTest {

  private final RecordingLog log = new RecordingLog();
  private final PropertyCheck properties =
      new PropertyCheck(
          new TwinInfoSource()
              .read(new Environment(Map.of("DIGITAL_TWIN_INFO", new Twin().json()))));

  @Test
  void aPropertyThatIsConfiguredAndOfItsTypeIsNothingToSpeakOf() {
    check(
        "press-1",
        "{\"device_id\": \"press-1\", \"timestamp\": \"t\", \"_verify\": \"v\", \"id\": \"i\","
            + " \"event_id\": \"e\", \"temperature\": 1, \"strokes\": 2, \"running\": true}");
    assertThat(log.counts()).isEmpty();
    assertThat(log.notes()).isEmpty();
  }

  @Test
  void anUnknownOneIsCountedEachTimeAndWarnedOfOncePerDeviceAndProperty() {
    check("press-1", "{\"colour\": \"red\"}");
    check("press-1", "{\"colour\": \"blue\"}");
    check("oven-2", "{\"colour\": \"red\"}");
    assertThat(log.counts())
        .containsExactly("property-unknown", "property-unknown", "property-unknown");
    assertThat(log.messages(Level.WARN)).hasSize(2);
    assertThat(log.notes().getFirst().message()).contains("\"colour\"").doesNotContain("red");
    assertThat(log.notes().getFirst().fields()).containsEntry("device", "press-1");
  }

  @Test
  void oneOfAnotherTypeIsCountedEachTimeAndWarnedOfOnce() {
    check("press-1", "{\"temperature\": \"hot\"}");
    check("press-1", "{\"temperature\": null}");
    assertThat(log.counts())
        .containsExactly("property-of-another-type", "property-of-another-type");
    assertThat(log.messages(Level.WARN)).singleElement().asString().contains("DOUBLE", "a text");
  }

  @Test
  void warningsEndAtALimitSinceNamesComeFromOutside() {
    for (int i = 0; i < OncePerDevice.MAX_WARNINGS + 10; i++) {
      check("press-1", "{\"p" + i + "\": 1}");
    }
    assertThat(log.messages(Level.WARN)).hasSize(OncePerDevice.MAX_WARNINGS);
    assertThat(log.counts()).hasSize(OncePerDevice.MAX_WARNINGS + 10);
  }

  private void check(String device, String message) {
    properties.check(device, object(message), new Invocation("f", log, letter -> {}, false, "t"));
  }
}
