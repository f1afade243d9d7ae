package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.testkit.aws.StandIns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIns.class)
class DynaliteSeenDevicesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aDeviceIsKnownFromTheTimeThatItWasLastNoted() {
    AwsClients clients = ProductClients.of(Map.of("DYNAMODB", StandIns.dynalite().uri()));
    DynamoSeenDevices seen =
        new DynamoSeenDevices(new StateTable(clients.dynamoDb(), Tables.state(clients)));
    assertThat(seen.lastSeen("Ofen-\u00fc")).isEmpty();
    seen.note("Ofen-\u00fc", NOW);
    seen.note("Ofen-\u00fc", NOW.plusSeconds(3600));
    assertThat(seen.lastSeen("Ofen-\u00fc")).contains(NOW.plusSeconds(3600));
    assertThat(seen.lastSeen("Ofen")).isEmpty();
  }

  @Test
  void moreDevicesThanOneAnswerHoldsAreAskedForAtOnce() {
    AwsClients clients = ProductClients.of(Map.of("DYNAMODB", StandIns.dynalite().uri()));
    DynamoSeenDevices seen =
        new DynamoSeenDevices(new StateTable(clients.dynamoDb(), Tables.state(clients)));
    List<String> devices = IntStream.range(0, 230).mapToObj(i -> "sensor-" + i).toList();
    List<String> noted = devices.subList(40, 220);
    noted.forEach(device -> seen.note(device, NOW));

    assertThat(seen.lastSeen(devices))
        .containsOnlyKeys(noted)
        .allSatisfy((device, time) -> assertThat(time).isEqualTo(NOW));
  }
}
