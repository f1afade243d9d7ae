package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.commands;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device that comes and goes at any moment, and acknowledges some of what it gets in any order,
 * gets every command in the end, first in its order, and with one packet id.
 */
@Tag("full")
class MqttSessionChurnTest {
  private static final int COMMANDS = 400;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyCommandComesInItsOrder(long seed) throws Exception {
    Random random = new Random(seed);
    try (ServerFixture fixture = new ServerFixture()) {
      // So little fits into memory that most of it is read back from disk.
      fixture.limits = TestLimits.queued(5);
      fixture.start();
      try (RawClient first = new RawClient(fixture.port())) {
        first.connect5("d1", true, 3_600);
        first.subscribe(commands("lamp"), 1);
      }
      Thread sender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < COMMANDS; i++) {
                      fixture.send("lamp", bytes("c" + i));
                    }
                  });
      Set<String> seen = new LinkedHashSet<>();
      Map<String, Integer> packetIds = new HashMap<>();
      Set<String> acknowledged = new LinkedHashSet<>();
      while (acknowledged.size() < COMMANDS) {
        try (RawClient device = new RawClient(fixture.port())) {
          assertThat(device.connect5("d1", false, 3_600, 1 + random.nextInt(30))).isTrue();
          int steps = random.nextInt(80);
          List<RawClient.Packet> open = new ArrayList<>();
          for (int i = 0; i < steps && acknowledged.size() < COMMANDS; i++) {
            if (open.isEmpty() || (device.readable() && random.nextBoolean())) {
              RawClient.Packet packet = device.expect(3);
              String text = packet.publishText();
              assertThat(acknowledged).as("seed " + seed).doesNotContain(text);
              int before = packetIds.getOrDefault(text, packet.packetIdOfPublish());
              assertThat(packet.packetIdOfPublish()).isEqualTo(before);
              packetIds.put(text, before);
              seen.add(text);
              open.add(packet);
            } else {
              RawClient.Packet packet = open.remove(random.nextInt(open.size()));
              device.pubAck(packet.packetIdOfPublish());
              // Read before the connection ends: a ping's answer comes after it.
              device.ping();
              for (RawClient.Packet next; (next = device.next()).type() != 13; ) {
                seen.add(next.publishText());
                packetIds.putIfAbsent(next.publishText(), next.packetIdOfPublish());
                open.add(next);
              }
              acknowledged.add(packet.publishText());
            }
          }
        }
      }
      sender.join();
      assertThat(seen)
          .as("seed " + seed)
          .containsExactlyElementsOf(IntStream.range(0, COMMANDS).mapToObj(i -> "c" + i).toList());
    }
  }
}
