package io.twinloom.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Follows the change of a twin to its end, and may kill the twin in each of its phases. */
final class PhaseWatch {

  private static final long LOOK_MILLIS = 5;
  private static final int LATEST_KILL_MILLIS = 300;
  private static final long LONGEST_MINUTES = 60;

  private final MovingTwin twin;
  private final Optional<Random> kills;
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final Set<MovingTwin.At> killed = new HashSet<>();

  /**
   * @param kills when in a phase the twin is killed; empty: it is not
   */
  PhaseWatch(MovingTwin twin, Optional<Random> kills) {
    this.twin = twin;
    this.kills = kills;
  }

  /** Waits until a change that has been ordered is over. */
  void follow(Process deploying) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    boolean begun = false;
    long last = System.nanoTime();
    while (System.nanoTime() < end) {
      Optional<MovingTwin.At> at = twin.at();
      long now = System.nanoTime();
      if (at.isPresent()) {
        begun = true;
        nanos.merge(at.get().kind(), now - last, Long::sum);
        killIn(at.get());
      } else if (begun) {
        return;
      } else if (!deploying.isAlive()) {
        if (deploying.exitValue() != 0) {
          throw new IllegalStateException("deploy ended with " + deploying.exitValue());
        }
        return;
      }
      last = now;
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException("the change did not end: " + twin.at());
  }

  private void killIn(MovingTwin.At at) throws IOException, InterruptedException {
    if (kills.isPresent() && killed.add(at)) {
      TimeUnit.MILLISECONDS.sleep(kills.get().nextInt(LATEST_KILL_MILLIS));
      twin.killAndStart();
    }
  }

  /** How long the change was in phases of a kind. */
  double seconds(String kind) {
    return nanos.getOrDefault(kind, 0L) / 1e9;
  }
}
