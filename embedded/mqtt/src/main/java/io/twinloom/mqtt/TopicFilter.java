package io.twinloom.mqtt;

import java.util.Optional;

/**
 * A topic filter of a subscription, checked.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901241">MQTT
 *     5, 4.7 Topic names and topic filters</a>
 */
record TopicFilter(String name, String[] levels) {
  static final String ONE_LEVEL = "+";
  static final String REST = "#";

  /** The filter; empty where MQTT forbids it. */
  static Optional<TopicFilter> parse(String name) {
    if (name.isEmpty() || name.indexOf(0) >= 0 || name.indexOf('\uFFFD') >= 0) {
      return Optional.empty();
    }
    String[] levels = Topic.levels(name);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
      if (wild && level.length() > 1) {
        return Optional.empty();
      }
      if (level.equals(REST) && i < levels.length - 1) {
        return Optional.empty();
      }
    }
    return Optional.of(new TopicFilter(name, levels));
  }

  /** Whether it asks for a share of the messages with other clients. */
  static boolean shared(String name) {
    return name.startsWith("$share/");
  }
}
