package io.twinloom.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.StoreException;
import io.twinloom.testkit.contract.Items;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that answers one item with an error, once it has the others. */
class ThrottledHotStoreTest {

  private static final int ITEMS = 20;

  private final CountDownLatch others = new CountDownLatch(ITEMS - 1);
  private HttpServer server;
  private volatile String error = "ProvisionedThroughputExceededException";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean bad = body.contains("\"bad\"");
          byte[] answer =
              (bad ? "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"}" : "{}")
                  .getBytes(StandardCharsets.UTF_8);
          if (bad) {
            // A throttled answer slows the client down, for the others too.
            awaitOthers();
          } else {
            others.countDown();
          }
          exchange.sendResponseHeaders(bad ? 400 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  private void awaitOthers() {
    try {
      others.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anItemThatTheTableDoesNotTakeInTimeIsThrottledAndItsNeighboursAreStored() {
    List<Put> puts = store().putAll(items());
    assertThat(puts.get(3)).isEqualTo(Put.THROTTLED);
    assertThat(puts).filteredOn(Put.STORED::equals).hasSize(ITEMS - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {8_000_000_000L, 7_999_500_000L})
  void whatABatchHasNoTimeForIsThrottledWithoutBeingAskedFor(long late) {
    AtomicLong time = new AtomicLong();
    ItemWrite write =
        new ItemWrite(
            ProductClients.of(Map.of("DYNAMODB", uri())).dynamoDb(),
            "hot",
            Duration.ofSeconds(4),
            () -> time.getAndSet(late));

    assertThat(write.putAll(items())).hasSize(ITEMS).containsOnly(Put.THROTTLED);
    assertThat(others.getCount()).as("none was sent").isEqualTo(ITEMS - 1);
  }

  @Test
  void anItemThatIsRefusedForAnotherReasonFailsTheBatch() {
    error = "ValidationException";
    HotStore store = store();
    assertThatThrownBy(() -> store.putAll(items()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ValidationException");
  }

  /** Its limit is so long that the others are stored by then on a slow machine, too. */
  private HotStore store() {
    return new DynamoHotStore(
        ProductClients.of(Map.of("DYNAMODB", uri())).dynamoDb(), "hot", Duration.ofSeconds(4));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static List<HotItem> items() {
    return IntStream.range(0, ITEMS)
        .mapToObj(i -> Items.item("d", Items.at(i), i == 3 ? "bad" : "e" + i))
        .toList();
  }
}
