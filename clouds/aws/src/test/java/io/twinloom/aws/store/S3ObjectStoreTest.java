package io.twinloom.aws.store;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.ObjectStoreContract;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cold tier, whose objects can all be read at once, keeps what every cloud's promises. */
@Tag("full")
@ExtendWith(StandIns.class)
class S3ObjectStoreTest implements ObjectStoreContract {

  private static AwsClients clients;
  private ObjectStore objects;
  private ObjectStore other;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("S3", StandIns.moto().uri()));
  }

  @BeforeEach
  void open() {
    objects = store();
    other = store();
  }

  private static ObjectStore store() {
    return new S3ObjectStore(
        clients.s3(), Tables.bucket(clients), Tier.COLD, InstantSource.system());
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  @Override
  public ObjectStore otherObjects() {
    return other;
  }

  @Test
  @Disabled("moto looks at a condition and then writes, and so now and then lets two in")
  @Override
  public void ofManyWhoWantAKeyAtOnceExactlyOneGetsIt() {
    throw new AssertionError("moto cannot show it");
  }
}
