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
class DynaliteBegunRunsTest {

  @Test
  void runsOfAMessageAreCountedUntilOneEnds() {
    AwsClients clients = ProductClients.of(Map.of("DYNAMODB", StandIns.dynalite().uri()));
    StateTable table = new StateTable(clients.dynamoDb(), Tables.state(clients));
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    DynamoBegunRuns runs = new DynamoBegunRuns(table, () -> now);
    DynamoBegunRuns another = new DynamoBegunRuns(table, () -> now);
    assertThat(runs.begin("m-1")).isEqualTo(1);
    assertThat(another.begin("m-1")).isEqualTo(2);
    assertThat(runs.begin("m-2")).isEqualTo(1);
    another.end("m-1");
    assertThat(runs.begin("m-1")).isEqualTo(1);
    assertThat(table.get("run#m-1", "run").orElseThrow().get("expires").n())
        .isEqualTo(Long.toString(now.plusSeconds(14 * 86_400).getEpochSecond()));
  }
}
