package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Verification;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the clouds lend for verifying. */
final class CloudGround implements Verification.Ground {

  /** A cloud is asked less often than this machine: each question takes and costs something. */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(500);

  private final CloudTwin twin;
  private final DeviceClient devices;

  CloudGround(CloudTwin twin, DeviceClient devices) {
    this.twin = twin;
    this.devices = devices;
  }

  @Override
  public void publish(String device, byte[] payload, Duration limit) {
    try {
      devices
          .publish(device, payload)
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new TwinloomException(
          DeployerError.VERIFY_NOT_ACKNOWLEDGED,
          "The device channel did not acknowledge the message.",
          device,
          "See that the device's certificate is active and that nothing else uses it just now.",
          e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  @Override
  public List<JsonObject> log(Optional<String> trace, Instant since) {
    return twin.log(Optional.empty(), trace, since);
  }

  @Override
  public JsonValue call(String function, JsonObject event) {
    return twin.call(function, event);
  }

  @Override
  public void remove(String device, String timestamp) {
    twin.removeItem(device, timestamp);
  }

  @Override
  public void removeChunks(String device) {
    twin.removeChunks(device);
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    twin.removeDeadLetters(text, since);
  }

  @Override
  public void pause(Duration duration) {
    Duration pause = duration.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : duration;
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  private static TwinloomException interrupted() {
    Thread.currentThread().interrupt();
    return new TwinloomException(
        DeployerError.INTERRUPTED, "Verifying was interrupted.", "", "Run it again.");
  }
}
