package io.twinloom.local.mqtt;

/**
 * What the channel publishes for a client whose connection ends without a goodbye.
 *
 * @param expirySeconds how long the message is of use from then on; 0: always
 */
record Will(
    DeviceTopic topic,
    byte[] payload,
    int qos,
    MessageProperties properties,
    long delaySeconds,
    long expirySeconds) {}
