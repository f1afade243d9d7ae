package io.twinloom.local.invoke;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Queues whose attempts follow each other soon, and what they could not run. */
abstract class QueueFixture {
  private static final RetrySchedule SOON =
      new RetrySchedule(List.of(Duration.ofMillis(20), Duration.ofMillis(40)));

  @TempDir Path folder;

  final ConcurrentLinkedQueue<DeadLetter> dead = new ConcurrentLinkedQueue<>();
  private final List<InvocationQueue> queues = new ArrayList<>();
  private final List<CloudDatabase> databases = new ArrayList<>();
  private ScheduledExecutorService timer;

  @BeforeEach
  void makeTimer() {
    timer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterEach
  void close() {
    queues.forEach(InvocationQueue::close);
    databases.forEach(CloudDatabase::close);
    timer.shutdownNow();
  }

  CloudDatabase database(Path file) {
    CloudDatabase database = CloudDatabase.open(file, InvocationQueue.schema());
    databases.add(database);
    return database;
  }

  /** A queue that is not started. */
  InvocationQueue unstarted(
      CloudDatabase database,
      QueueLimits limits,
      DeadLetters letters,
      InvocationQueue.Runner runner) {
    InvocationQueue queue =
        new InvocationQueue(
            database,
            runner,
            SOON,
            limits,
            letters,
            InvocationLog.SILENT,
            InstantSource.system(),
            timer);
    queues.add(queue);
    return queue;
  }

  InvocationQueue queue(CloudDatabase database, QueueLimits limits, InvocationQueue.Runner runner) {
    InvocationQueue queue = unstarted(database, limits, dead::add, runner);
    queue.start();
    return queue;
  }

  InvocationQueue queue(InvocationQueue.Runner runner) {
    return queue(database(folder.resolve("cloud.db")), QueueLimits.DEFAULT, runner);
  }

  static byte[] event(Object value) {
    return Json.bytes(JsonObject.builder().put("value", value.toString()).build());
  }

  static String value(byte[] event) {
    return Json.parseObject(event).text("value").orElseThrow();
  }

  static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
