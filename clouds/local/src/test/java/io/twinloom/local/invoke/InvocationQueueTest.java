package io.twinloom.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.local.store.CloudDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a queue accepts it runs, in bounded memory. */
class InvocationQueueTest extends QueueFixture {
  @Test
  void everyAcceptedEventRuns() {
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue queue = queue((function, event, scope) -> ran.add(value(event)));
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int n = i;
      accepted.add(queue.accept("f", number -> event(n)));
    }
    accepted.forEach(CompletableFuture::join);
    await().until(() -> ran.size() == 5_000 && queue.backlog() == 0);
  }

  @Test
  void anEventThatIsHandedOnRunsAfterTheOneThatHandedItOn() {
    List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
    InvocationQueue queue =
        queue(
            (function, event, scope) -> {
              order.add(function);
              if (function.equals("first")) {
                scope.invokeLater("second", event);
                scope.invokeLater("third", event);
              }
            });
    queue.accept("first", number -> event(1)).join();
    await().until(() -> order.size() == 3 && queue.backlog() == 0);
    assertThat(order.get(0)).isEqualTo("first");
    assertThat(order).containsExactlyInAnyOrder("first", "second", "third");
  }

  @Test
  void nothingRunsBeforeTheStart() {
    CloudDatabase database = database(folder.resolve("cloud.db"));
    Set<String> ran = ConcurrentHashMap.newKeySet();
    InvocationQueue queue =
        unstarted(
            database,
            QueueLimits.DEFAULT,
            dead::add,
            (function, event, scope) -> ran.add(value(event)));
    queue.accept("f", number -> event(1)).join();
    await().during(Duration.ofMillis(400)).until(ran::isEmpty);
    queue.start();
    await().until(() -> ran.size() == 1 && queue.backlog() == 0);
  }

  @Test
  void moreThanFitsIntoMemoryWaitsOnDiskAndRunsInTheEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Set<String> ran = ConcurrentHashMap.newKeySet();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(8, 1_000_000, 20, 1_000_000, 100_000),
            (function, event, scope) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                now.decrementAndGet();
              }
              ran.add(value(event));
            });
    List<CompletableFuture<Void>> accepted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int n = i;
      accepted.add(queue.accept("f", number -> event(n)));
    }
    accepted.forEach(CompletableFuture::join);
    go.countDown();
    await().until(() -> ran.size() == 3_000 && queue.backlog() == 0);
    assertThat(most.get()).isLessThanOrEqualTo(8);
  }

  @Test
  void aFullQueueLetsDevicesWaitAndRefusesSenders() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    InvocationQueue queue =
        queue(
            database(folder.resolve("cloud.db")),
            new QueueLimits(2, 1_000_000, 2, 1_000_000, 10),
            (function, event, scope) -> hang(go));
    for (int i = 0; i < 10; i++) {
      queue.accept("f", number -> event(1)).join();
    }
    CompletableFuture<Void> waiting = queue.accept("f", number -> event(2));
    assertThatThrownBy(() -> queue.invokeLater("f", List.of(event(3))))
        .isInstanceOf(InvocationException.class)
        .hasMessageContaining("10 events");
    assertThat(waiting).isNotDone();
    go.countDown();
    waiting.get(60, TimeUnit.SECONDS);
    await().until(() -> queue.backlog() == 0);
  }
}
