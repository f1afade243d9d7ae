package io.twinloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.http.ClientConnection.Phase;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How long a connection may do what it does. */
class ClientConnectionTest {

  private static final long LONG = Duration.ofDays(40).toNanos();

  private final AtomicInteger closed = new AtomicInteger();

  /** A connection that is only ever closed. */
  private final HttpConnection counted =
      (HttpConnection)
          Proxy.newProxyInstance(
              HttpConnection.class.getClassLoader(),
              new Class<?>[] {HttpConnection.class},
              (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("close");
                closed.incrementAndGet();
                return Future.succeededFuture();
              });

  private final ClientConnection connection = new ClientConnection(counted, 0);

  private void look(long nowNanos) {
    connection.closeWhereSlow(HttpLimits.DEFAULT, UnaryOperator.identity(), nowNanos);
  }

  @Test
  void aStreamLastsForAsLongAsBothSidesWantIt() {
    connection.enter(Phase.STREAMING, 0);
    look(LONG);
    assertThat(closed).hasValue(0);
  }

  @Test
  void aConnectionOfNoRequestIsClosedAfterItsTimeAlsoAfterAStream() {
    connection.enter(Phase.STREAMING, 0);
    connection.enter(Phase.IDLE, LONG);
    look(LONG + HttpLimits.DEFAULT.head().idle().toNanos());
    assertThat(closed).hasValue(0);
    look(LONG + HttpLimits.DEFAULT.head().idle().toNanos() + 1);
    assertThat(closed).hasValue(1);
  }
}
