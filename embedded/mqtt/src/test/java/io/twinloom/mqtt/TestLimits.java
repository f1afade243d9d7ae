package io.twinloom.mqtt;

import java.time.Duration;

/** MqttLimits that a test can reach. */
final class TestLimits {
  private TestLimits() {}

  /** With room for so many undelivered messages in a session, in memory or on disk. */
  static MqttLimits kept(int messages) {
    return MqttLimits.DEFAULT.toBuilder().keptMessages(messages).build();
  }

  static MqttLimits connections(int most) {
    return MqttLimits.DEFAULT.toBuilder().connections(most).build();
  }

  static MqttLimits connectTimeout(Duration timeout) {
    return MqttLimits.DEFAULT.toBuilder().connectTimeout(timeout).build();
  }

  static MqttLimits waiting(int messages) {
    return MqttLimits.DEFAULT.toBuilder().waitingMessages(messages).build();
  }

  static MqttLimits queued(int messages) {
    return MqttLimits.DEFAULT.toBuilder().queuedMessages(messages).build();
  }
}
