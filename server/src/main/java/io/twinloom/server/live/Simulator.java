package io.twinloom.server.live;

import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lets the devices of one twin measure, over their own channel. Safe for threads. */
public final class Simulator implements AutoCloseable {

  private static final long LONGEST_STEP_MILLIS = 200;

  /** Between attempts to connect again. */
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final RunningProject twin;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** A simulation that takes another's place connects by the same name: one at a time. */
  private final Object connecting = new Object();

  private volatile @Nullable Run run;

  public Simulator(RunningProject twin, InstantSource clock, RandomGenerator random) {
    this.twin = twin;
    this.clock = clock;
    this.random = random;
  }

  /** One simulation. */
  private final class Run {
    final SimulatedDevices devices;
    final double rate;
    final Instant started = clock.instant();
    final Optional<Instant> until;
    final AtomicLong sent = new AtomicLong();
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    volatile boolean ended;
    volatile Optional<String> error = Optional.empty();
    private DeviceClient client;

    Run(SimulatedDevices devices, DeviceClient client, double rate, Optional<Duration> length) {
      this.devices = devices;
      this.client = client;
      this.rate = rate;
      this.until = length.map(started::plus);
    }

    void go() {
      try {
        while (goesOn()) {
          if (client.isConnected()) {
            error = Optional.empty();
            send();
          } else {
            connectAgain();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ended = true;
        error = Optional.empty();
        client.close();
      }
    }

    private boolean goesOn() {
      return !ended && until.map(end -> clock.instant().isBefore(end)).orElse(true);
    }

    /** Sends at its rate while it is connected. */
    private void send() throws InterruptedException {
      long began = System.nanoTime();
      for (long published = 0; goesOn() && client.isConnected(); ) {
        long wait = began + (long) (published * 1e9 / rate) - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Math.min(LONGEST_STEP_MILLIS, wait / 1_000_000 + 1));
          continue;
        }
        SimulatedDevices.Sent next = devices.next(clock.instant());
        published++;
        sent.incrementAndGet();
        var unused =
            client
                .publish(next.device(), Json.bytes(next.event()))
                .whenComplete(
                    (done, failed) -> (failed == null ? acknowledged : refused).incrementAndGet());
      }
    }

    /** As a device does whose connection was lost: it tries until it is let in. */
    private void connectAgain() throws InterruptedException {
      client.close();
      error = Optional.of("The connection to the device channel was lost; it is tried again.");
      for (long wait = LONGEST_STEP_MILLIS;
          goesOn();
          wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2)) {
        pause(wait);
        if (goesOn() && isConnectedAgain()) {
          return;
        }
      }
    }

    private void pause(long millis) throws InterruptedException {
      long end = System.nanoTime() + millis * 1_000_000;
      while (goesOn() && System.nanoTime() < end) {
        Thread.sleep(LONGEST_STEP_MILLIS);
      }
    }

    private boolean isConnectedAgain() {
      synchronized (connecting) {
        if (!goesOn()) {
          return false;
        }
        try {
          client = connect();
          return true;
        } catch (TwinloomException e) {
          error = Optional.of(e.what());
          return false;
        }
      }
    }
  }

  private DeviceClient connect() {
    return twin.target()
        .devices("twinloom-simulator")
        .orElseThrow(() -> twin.target().absent(twin.project().topology().twin()));
  }

  /**
   * Begins to send, in the place of what was sent before.
   *
   * @param devices those that send; empty: all
   * @param rate messages a second over all devices
   * @param length how long; empty: until it is stopped
   * @throws TwinloomException if there is no such device, or the channel cannot be reached
   */
  public void start(List<String> devices, double rate, Optional<Duration> length) {
    SimulatedDevices simulated = new SimulatedDevices(twin.project().project(), devices, random);
    synchronized (connecting) {
      stop();
      Run started = new Run(simulated, connect(), rate, length);
      run = started;
      var unused = Thread.startVirtualThread(started::go);
    }
  }

  /** Ends what is sent, if anything is. */
  public void stop() {
    Run running = run;
    if (running != null) {
      running.ended = true;
    }
  }

  /** The devices that send now. */
  public Set<String> devices() {
    Run running = run;
    return running == null || running.ended ? Set.of() : Set.copyOf(running.devices.devices());
  }

  /** How it is. */
  public JsonObject json() {
    Run now = run;
    boolean running = now != null && !now.ended;
    JsonObject.Builder json =
        JsonObject.builder()
            .put("running", running)
            .put("startedAt", Members.time(Optional.ofNullable(now).map(r -> r.started)))
            .put("devices", JsonArray.ofTexts(now == null ? List.of() : now.devices.devices()));
    JsonValue rate = now == null ? JsonNull.NULL : Members.rounded(now.rate);
    return json.put("rate", rate)
        .put("until", Members.time(Optional.ofNullable(now).flatMap(r -> r.until)))
        .put("sent", now == null ? 0 : now.sent.get())
        .put("acknowledged", now == null ? 0 : now.acknowledged.get())
        .put("refused", now == null ? 0 : now.refused.get())
        .put("error", Members.text(Optional.ofNullable(now).flatMap(r -> r.error)))
        .build();
  }

  @Override
  public void close() {
    stop();
  }
}
