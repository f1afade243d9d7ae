package io.twinloom.local.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A device's topics are read as they were made, and nothing else is one. */
class DeviceTopicProperties {

  @Property
  void aDevicesTopicIsReadAsItWasMade(@ForAll("deviceIds") String device) {
    for (DeviceTopic.Kind kind : DeviceTopic.Kind.values()) {
      DeviceTopic made = DeviceTopic.of("house", device, kind);
      DeviceTopic read = DeviceTopic.parse("house", made.name());
      assertThat(Optional.ofNullable(read).map(DeviceTopic::device)).contains(device);
      assertThat(Optional.ofNullable(read).map(DeviceTopic::kind)).contains(kind);
    }
  }

  @Provide
  Arbitrary<String> deviceIds() {
    return Arbitraries.strings().withChars("aZ09-_.é温\uD83D\uDE00").ofMinLength(1).ofMaxLength(64);
  }

  @Example
  void topicsOfOthersAreNoDevices() {
    for (String name :
        new String[] {
          "elsewhere",
          "dt/house",
          "dt/house/lamp",
          "dt/house//telemetry",
          "dt/house/lamp/telemetry/more",
          "dt/house/lamp/state",
          "dt/other/lamp/telemetry",
          "dt/housemate/lamp/telemetry"
        }) {
      assertThat(DeviceTopic.parse("house", name)).as(name).isNull();
    }
  }
}
