package io.twinloom.mqtt;

/**
 * What the server publishes for a client whose connection ends without a DISCONNECT.
 *
 * @param expirySeconds how long the message is of use from then on; 0: always
 */
record Will(
    Topic topic,
    byte[] payload,
    int qos,
    MessageProperties properties,
    long delaySeconds,
    long expirySeconds) {}
