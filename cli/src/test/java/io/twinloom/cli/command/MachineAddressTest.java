package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineAddressTest {

  private static final URI MQTT = URI.create("tcp://127.0.0.1:1883");

  @Test
  void whatListensOnAllAddressesIsShownByOneThatOthersCanType() {
    assertThat(MachineAddress.at(MQTT, Optional.of("192.168.1.7")))
        .isEqualTo(URI.create("tcp://192.168.1.7:1883"));
    assertThat(MachineAddress.reachable(URI.create("http://0.0.0.0:80"), "0.0.0.0"))
        .as("unless the machine has none but loopback")
        .satisfiesAnyOf(
            shown -> assertThat(shown.getHost()).isNotEqualTo("0.0.0.0"),
            shown -> assertThat(shown).isEqualTo(URI.create("http://0.0.0.0:80")));
  }

  @Test
  void whatListensOnOneAddressIsShownAsItIs() {
    assertThat(MachineAddress.reachable(MQTT, "127.0.0.1")).isEqualTo(MQTT);
  }
}
