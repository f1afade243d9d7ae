package io.twinloom.aws.store;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.functions.port.HotStore;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.HotStoreContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StandIns.class)
@Tag("full")
class DynaliteHotStoreTest implements HotStoreContract {

  private static AwsClients clients;
  private HotStore store;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("DYNAMODB", StandIns.dynalite().uri()));
  }

  @BeforeEach
  void open() {
    store = new NotedDevices(new DynamoHotStore(clients.dynamoDb(), Tables.hot(clients)));
  }

  @Override
  public HotStore store() {
    return store;
  }
}
