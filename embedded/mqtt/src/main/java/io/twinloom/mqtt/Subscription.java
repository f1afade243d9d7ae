package io.twinloom.mqtt;

/**
 * How a session wants the messages of a topic filter.
 *
 * @param qos the highest that it gets them with, 0 or 1
 * @param noLocal whether it does not want those that it published itself
 */
public record Subscription(int qos, boolean noLocal) {}
