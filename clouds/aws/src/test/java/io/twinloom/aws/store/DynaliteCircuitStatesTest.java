package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.testkit.aws.StandIns;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIns.class)
class DynaliteCircuitStatesTest {
  private static final String RECEIVER = "https://receiver.example/writer";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aReceiverIsLeftAloneUntilItsTimeAndOneProcessAsks() {
    AwsClients clients = ProductClients.of(Map.of("DYNAMODB", StandIns.dynalite().uri()));
    DynamoCircuitStates states =
        new DynamoCircuitStates(new StateTable(clients.dynamoDb(), Tables.state(clients)));
    assertThat(states.openUntil(RECEIVER)).isEmpty();
    states.open(RECEIVER, NOW.plusSeconds(5));
    assertThat(states.openUntil(RECEIVER)).contains(NOW.plusSeconds(5));
    assertThat(states.claimProbe(RECEIVER, NOW, NOW.plusSeconds(60))).isFalse();
    Instant later = NOW.plusSeconds(5);
    assertThat(states.claimProbe(RECEIVER, later, later.plusSeconds(60))).isTrue();
    assertThat(states.claimProbe(RECEIVER, later, later.plusSeconds(60))).isFalse();
    states.close(RECEIVER);
    assertThat(states.openUntil(RECEIVER)).isEmpty();
    assertThat(states.claimProbe(RECEIVER, later, later.plusSeconds(60))).isTrue();
  }
}
