package io.twinloom.server.projects;

import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.recording.RecordedMessage;
import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One client's recording, a line for each message. It ends after its time, with the twin, and where
 * its client reads so slowly that a message would be missing.
 *
 * @param clientId of its connection to the devices' channel
 * @param devices whose messages are wanted; empty: all
 * @param length empty: for as long as the client reads
 * @param running whether the twin runs
 */
record Recording(
    Target target,
    String clientId,
    Set<String> devices,
    Optional<Duration> length,
    BooleanSupplier running,
    InstantSource clock)
    implements StreamOpener {

  private static final long LOOK_MILLIS = 1_000;

  Recording {
    devices = Set.copyOf(devices);
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
  }

  @Override
  public void opened(ResponseStream stream) {
    Thread thread = Thread.ofVirtual().unstarted(() -> record(stream));
    stream.onClose(thread::interrupt);
    thread.start();
  }

  private void record(ResponseStream stream) {
    CountDownLatch missed = new CountDownLatch(1);
    try (DeviceClient channel = target.devices(clientId).orElseThrow(() -> target.absent(""))) {
      channel.observe((device, payload) -> write(device, payload, stream, missed));
      long began = System.nanoTime();
      long left = next(began);
      while (left > 0 && !missed.await(left, TimeUnit.MILLISECONDS) && running.getAsBoolean()) {
        left = next(began);
      }
    } catch (TwinloomException e) {
      // The twin has ended meanwhile: so does the stream.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stream.close();
    }
  }

  private void write(String device, byte[] payload, ResponseStream stream, CountDownLatch missed) {
    boolean wanted = devices.isEmpty() || devices.contains(device);
    if (wanted && missed.getCount() > 0) {
      RecordedMessage message = new RecordedMessage(clock.instant(), device, payload);
      if (!stream.write(message.line() + "\n")) {
        missed.countDown();
      }
    }
  }

  /** Milliseconds until the next look at the twin, at most; 0 where the time is over. */
  private long next(long began) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    return length
        .map(time -> Math.clamp(time.toMillis() - passed, 0, LOOK_MILLIS))
        .orElse(LOOK_MILLIS);
  }
}
