package io.twinloom.aws.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.aws.standin.Broker;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.testkit.contract.DeviceChannelContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands through a small front, which takes what IoT Core's Publish takes and hands it to
 * Mosquitto, where devices are connected as they are to IoT Core: with certificates, both ways. The
 * front is ours: it shows that the request is as IoT Core documents it, not that IoT Core takes it.
 */
@Tag("full")
class IotDeviceChannelTest implements DeviceChannelContract {

  @TempDir static Path folder;
  private static Broker broker;

  @BeforeAll
  static void start() {
    broker = Broker.start(folder, "press-1", "oven-2");
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @AfterEach
  void forget() {
    broker.forgetSessions();
  }

  @Override
  public DeviceChannel channel() {
    return channel(broker.publishing());
  }

  private static DeviceChannel channel(URI publishing) {
    return new IotDeviceChannel(
        ProductClients.of(Map.of("IOT_DATA_PLANE", publishing)).iot(), "plant");
  }

  @Override
  public BlockingQueue<byte[]> connect(String device) {
    return broker.connect(device, "dt/plant/" + device + "/commands");
  }

  @Override
  public void disconnect(String device) {
    broker.disconnect(device);
  }

  @Test
  void aDeviceWithoutACertificateIsNotLetIn() {
    assertThat(broker.letsInWithoutCertificate()).isFalse();
  }

  @Test
  void aChannelThatDoesNotAnswerIsUnavailable() {
    assertThatThrownBy(
            () -> channel(URI.create("http://127.0.0.1:1")).send("press-1", new byte[] {1}))
        .isInstanceOfSatisfying(
            InvocationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
  }
}
