package io.twinloom.server.projects;

import io.twinloom.deployer.Target;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.recording.RecordedMessage;
import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One client's recording, a line for each message. It ends after its time and with the twin. Where
 * messages are missing it is aborted: its client reads too slowly, or the device channel is lost.
 *
 * @param devices whose messages are wanted; empty: all
 * @param length empty: for as long as the client reads
 * @param open in which it was admitted
 */
record Recording(
    Source source,
    Set<String> devices,
    Optional<Duration> length,
    OpenRecordings open,
    InstantSource clock)
    implements StreamOpener {

  private static final long LOOK_MILLIS = 1_000;

  /** A burst of large messages must fit, since one that does not ends the recording. */
  private static final int MAX_WAITING = 4 * 1024 * 1024;

  /**
   * The twin whose devices are recorded.
   *
   * @param clientId of the connection to its device channel
   * @param running whether it runs
   */
  record Source(Target target, String clientId, BooleanSupplier running) {

    /** Empty where it has ended by now. */
    private Optional<DeviceClient> connect() {
      return target.devices(clientId);
    }

    private boolean isRunning() {
      try {
        return running.getAsBoolean();
      } catch (TwinloomException e) {
        // Its project was deleted.
        return false;
      }
    }
  }

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
  public int maxWaiting() {
    return MAX_WAITING;
  }

  @Override
  public void opened(ResponseStream stream) {
    open.opened(stream);
    Thread thread = Thread.ofVirtual().unstarted(() -> send(stream));
    stream.onClose(thread::interrupt);
    thread.start();
  }

  private void send(ResponseStream stream) {
    try {
      if (!stream.isClosed()) {
        record(stream);
      }
    } finally {
      open.ended(stream);
    }
  }

  private void record(ResponseStream stream) {
    try {
      if (!sendWhileItRuns(stream)) {
        throw new TwinloomException(
            ServerError.RECORDING_SLOW,
            "The client has not read what waits for it, and a further message does not fit.",
            source.clientId());
      }
      stream.close();
    } catch (InterruptedException e) {
      // The stream is closed: nobody is to be answered.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      stream.fail(e);
    }
  }

  /**
   * Sends what comes until it is over, also where the twin ends meanwhile; false where the client
   * has missed a message.
   */
  private boolean sendWhileItRuns(ResponseStream stream) throws InterruptedException {
    try {
      Optional<DeviceClient> connected = source.connect();
      return connected.isEmpty() || sendAll(connected.get(), stream);
    } catch (TwinloomException e) {
      if (source.isRunning()) {
        throw e;
      }
      return true;
    }
  }

  /** Sends what comes until it is over; false where the client has missed a message. */
  private boolean sendAll(DeviceClient connected, ResponseStream stream)
      throws InterruptedException {
    CountDownLatch missed = new CountDownLatch(1);
    try (DeviceClient channel = connected) {
      channel.observe((device, payload) -> write(device, payload, stream, missed));
      return awaitEnd(channel, missed);
    }
  }

  /** Waits for the end; false where the client has missed a message. */
  private boolean awaitEnd(DeviceClient channel, CountDownLatch missed)
      throws InterruptedException {
    long began = System.nanoTime();
    boolean connected = true;
    for (long left = next(began); left > 0 && connected && source.isRunning(); left = next(began)) {
      if (missed.await(left, TimeUnit.MILLISECONDS)) {
        return false;
      }
      connected = channel.isConnected();
    }
    // A process that ends closes its connections before it is gone.
    if (!connected && !missed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && source.isRunning()) {
      throw new TwinloomException(
          DeployerError.RECORDING_LOST,
          "The connection to the device channel has ended, and the twin runs.",
          source.clientId());
    }
    return missed.getCount() > 0;
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
