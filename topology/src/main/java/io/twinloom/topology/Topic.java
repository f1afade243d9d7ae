package io.twinloom.topology;

import io.twinloom.model.Provider;

/**
 * What devices publish to or listen on, at the broker of layer 1's cloud.
 *
 * @param name an MQTT topic filter in which {@code +} stands for a device; a cloud whose devices
 *     have a channel of their own uses that in its place
 */
public record Topic(String name, Kind kind, Provider cloud) {

  /** Which way messages go. */
  public enum Kind {
    /** From the devices. */
    TELEMETRY,
    /** To the devices. */
    COMMANDS
  }
}
