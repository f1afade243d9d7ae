package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Verification;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import io.twinloom.model.TwinloomException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the local clouds lend for verifying. */
final class LocalGround implements Verification.Ground {

  private final LocalClouds clouds;
  private final LocalDataFolder data;
  private final PreparedProject project;

  LocalGround(LocalClouds clouds, LocalDataFolder data, PreparedProject project) {
    this.clouds = clouds;
    this.data = data;
    this.project = project;
  }

  @Override
  public void publish(String device, byte[] payload, Duration limit) {
    MqttAccess access =
        LocalDataFolder.read(data.mqttAccess()).map(MqttAccess::of).orElse(MqttAccess.OPEN);
    LocalClouds.Endpoint endpoint = clouds.endpoints().get(project.project().placement().l1());
    URI channel = endpoint == null ? URI.create("tcp://127.0.0.1:0") : endpoint.mqtt();
    try (MqttDeviceClient publisher =
        MqttDeviceClient.connect(channel, access, project.topology().twin(), "twinloom-verify")) {
      publisher
          .publish(device, payload)
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new TwinloomException(
          DeployerError.VERIFY_NOT_ACKNOWLEDGED,
          "The device channel did not acknowledge the message.",
          channel.toString(),
          "See the log ('twinloom logs').",
          e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  @Override
  public List<JsonObject> log(Optional<String> trace, Instant since) {
    LogFilter filter = LogFilter.all().from(since);
    return new LogReader(data.log())
        .query(trace.map(filter::ofTrace).orElse(filter), LogReader.MAX_LIMIT);
  }

  @Override
  public JsonValue call(String function, JsonObject event) {
    return clouds.call(function, event);
  }

  @Override
  public void remove(String device, String timestamp) {
    clouds.tiers().removeItem(device, timestamp);
  }

  @Override
  public void removeChunks(String device) {
    clouds.tiers().removeChunks(device);
  }

  @Override
  public void removeDeadLetters(String text, Instant since) {
    clouds.deadLetters().remove(text, since);
  }

  @Override
  public void pause(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
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
