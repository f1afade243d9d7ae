package io.twinloom.mqtt;

/** How a published message was received, in the terms of an acknowledgement. */
public enum PublishOutcome {
  /** The consumer or at least one session has it. */
  ACCEPTED,
  /** No session subscribes to its topic. */
  NO_SUBSCRIBERS,
  /** Its topic is empty or has characters that MQTT forbids. */
  MALFORMED_TOPIC,
  /** Nobody may publish to its topic, or not a payload of this size. */
  NOT_AUTHORIZED,
  /** The sessions that subscribe have no room for it. */
  SESSION_FULL,
  /** It could not be stored. */
  FAILED
}
