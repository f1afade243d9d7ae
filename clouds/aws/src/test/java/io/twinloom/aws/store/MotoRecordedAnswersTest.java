package io.twinloom.aws.store;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.RecordedAnswersContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("full")
@ExtendWith(StandIns.class)
class MotoRecordedAnswersTest implements RecordedAnswersContract {

  private static AwsClients clients;
  private RecordedAnswers answers;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("DYNAMODB", StandIns.moto().uri()));
  }

  @BeforeEach
  void open() {
    answers = new DynamoRecordedAnswers(new StateTable(clients.dynamoDb(), Tables.state(clients)));
  }

  @Override
  public RecordedAnswers answers() {
    return answers;
  }
}
