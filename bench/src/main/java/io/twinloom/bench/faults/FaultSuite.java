package io.twinloom.bench.faults;

import io.twinloom.bench.FilledData;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measurements flow and tiers move, while connections fail and the process is killed at random; in
 * the end, everything that was acknowledged is there once.
 *
 * @param deliveries so many measurements are to be acknowledged, at least
 * @param items so many old items are to be moved to the archive
 * @param mostKills after as many the process is left alone
 */
public record FaultSuite(int deliveries, int items, int mostKills, long seed) {

  private static final int NO_KILL_BEFORE_MILLIS = 300;
  private static final int NO_KILL_AFTER_MILLIS = 4_000;

  /**
   * What must not be found.
   *
   * @param lost acknowledged, and not stored
   * @param doubled stored more than once
   * @param invented stored, though nobody published it
   */
  public record Broken(long lost, long doubled, long invented) {
    private static final Broken NOTHING = new Broken(0, 0, 0);
  }

  /**
   * What became of it all.
   *
   * @param census where it lies
   */
  public record Outcome(
      long acknowledged,
      int moved,
      int kills,
      Broken broken,
      int deadLetters,
      String census,
      Duration took) {

    /** Whether every promise was kept. */
    public boolean isWell() {
      return broken.equals(Broken.NOTHING);
    }

    @Override
    public String toString() {
      return "%d deliveries, %d moved items, %d kills: %d lost, %d doubled, %d invented (%d dead letters; %s) in %d s"
          .formatted(
              acknowledged,
              moved,
              kills,
              broken.lost(),
              broken.doubled(),
              broken.invented(),
              deadLetters,
              census,
              took.toSeconds());
    }
  }

  /** Runs it in an empty folder. */
  public Outcome run(Path folder) throws IOException, InterruptedException {
    Instant begun = Instant.now();
    RandomFaults faults = new RandomFaults(seed);
    Deliveries published = new Deliveries(begun);
    AtomicBoolean delivered = new AtomicBoolean(deliveries == 0);
    AtomicBoolean moved = new AtomicBoolean();
    try (KillableTwin twin = new KillableTwin(folder, faults)) {
      OldItems.write(twin.database(KnownClouds.AZURE), items);
      FilledData.hasPresentFormat(twin.data());
      CompletableFuture<Void> moving =
          CompletableFuture.runAsync(() -> moveAll(twin, moved), Thread::startVirtualThread);
      while (!(delivered.get() && moved.get()) && twin.kills() < mostKills) {
        twin.start();
        Thread devices = Thread.startVirtualThread(() -> publish(twin, published, delivered));
        TimeUnit.MILLISECONDS.sleep(faults.between(NO_KILL_BEFORE_MILLIS, NO_KILL_AFTER_MILLIS));
        twin.kill();
        devices.join();
      }
      faults.end();
      twin.start();
      while (!delivered.get()) {
        publish(twin, published, delivered);
      }
      moving.join();
      awaitIdle(twin);
      twin.kill();
      Census census = Census.of(twin.data());
      return new Outcome(
          published.acknowledged().size(),
          items,
          twin.kills() - 1,
          new Broken(
              census.lostOf(published.acknowledged()) + census.lostOf(items),
              census.doubled(),
              census.inventedBeside(published.published())),
          census.deadLetters(),
          census.toString(),
          Duration.between(begun, Instant.now()));
    }
  }

  private void publish(KillableTwin twin, Deliveries published, AtomicBoolean delivered) {
    try {
      published.publish(twin, delivered, deliveries);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs both movers, over all deaths, until neither finds anything more to move. */
  private static void moveAll(KillableTwin twin, AtomicBoolean moved) {
    try {
      for (String mover : new String[] {"hot-to-cold-mover", "cold-to-archive-mover"}) {
        while (!isDone(twin.call(mover, JsonObject.EMPTY))) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      moved.set(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isDone(Optional<JsonObject> answer) {
    Optional<JsonObject> result = answer.flatMap(a -> a.object("result"));
    return result.isPresent()
        && result.get().get("items") instanceof JsonNumber n
        && n.text().equals("0")
        && result.get().array("left").orElse(JsonArray.EMPTY).size() == 0;
  }

  private static void awaitIdle(KillableTwin twin) throws InterruptedException {
    while (twin.state()
        .map(s -> !(s.get("backlog") instanceof JsonNumber n && n.text().equals("0")))
        .orElse(true)) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
