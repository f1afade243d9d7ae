package io.twinloom.mqtt;

/**
 * A message in a session's outbox.
 *
 * @param number in the order in which the session got its QoS 1 messages; 0 with QoS 0
 */
record OutgoingMessage(long number, Message message, int qos) {

  int bytes() {
    return message.payload().length;
  }
}
