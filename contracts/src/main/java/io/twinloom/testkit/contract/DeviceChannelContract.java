package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.testkit.patience.Patience;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Commands reach the device that they are for, also one that is away for a while. */
public interface DeviceChannelContract {

  /** How long a command may take. */
  default Duration patience() {
    return Patience.LIMIT;
  }

  /** The channel, with the devices {@code press-1} and {@code oven-2}. */
  DeviceChannel channel();

  /** Connects a device with a persistent session; returns what it receives from then on. */
  BlockingQueue<byte[]> connect(String device);

  /** Disconnects a device; its session stays. */
  void disconnect(String device);

  @Test
  default void aConnectedDeviceGetsItsCommand() throws InterruptedException {
    BlockingQueue<byte[]> received = connect("press-1");
    channel().send("press-1", bytes("{\"stop\": true}"));
    assertThat(next(received)).isEqualTo(bytes("{\"stop\": true}"));
  }

  @Test
  default void itsBytesArriveAsTheyWere() throws InterruptedException {
    byte[] payload = new byte[256];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) i;
    }
    BlockingQueue<byte[]> received = connect("press-1");
    channel().send("press-1", payload);
    assertThat(next(received)).isEqualTo(payload);
  }

  @Test
  default void noOtherDeviceGetsIt() throws InterruptedException {
    BlockingQueue<byte[]> press = connect("press-1");
    BlockingQueue<byte[]> oven = connect("oven-2");
    channel().send("press-1", bytes("1"));
    channel().send("oven-2", bytes("2"));
    assertThat(next(oven)).isEqualTo(bytes("2"));
    assertThat(next(press)).isEqualTo(bytes("1"));
    assertThat(oven).isEmpty();
  }

  @Test
  default void commandsArriveInTheirOrder() throws InterruptedException {
    BlockingQueue<byte[]> received = connect("press-1");
    for (int i = 0; i < 20; i++) {
      channel().send("press-1", bytes("" + i));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(next(received)).isEqualTo(bytes("" + i));
    }
  }

  @Test
  default void aDeviceThatIsAwayGetsItWhenItComesBack() throws InterruptedException {
    connect("press-1");
    disconnect("press-1");
    channel().send("press-1", bytes("welcome"));
    assertThat(next(connect("press-1"))).isEqualTo(bytes("welcome"));
  }

  @Test
  default void theLargestCommandIsTakenAndALargerOneRefused() throws InterruptedException {
    BlockingQueue<byte[]> received = connect("press-1");
    byte[] largest = new byte[DeviceChannel.MAX_COMMAND_BYTES];
    channel().send("press-1", largest);
    assertThat(next(received)).isEqualTo(largest);
    assertThatThrownBy(
            () -> channel().send("press-1", new byte[DeviceChannel.MAX_COMMAND_BYTES + 1]))
        .isInstanceOf(InvocationException.class);
  }

  private byte @Nullable [] next(BlockingQueue<byte[]> received) throws InterruptedException {
    return received.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
