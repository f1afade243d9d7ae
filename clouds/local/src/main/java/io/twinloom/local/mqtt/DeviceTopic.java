package io.twinloom.local.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * One of a device's two topics, {@code dt/{twin}/{device}/telemetry} and {@code …/commands}.
 *
 * @param name as it stands in a packet
 */
record DeviceTopic(Kind kind, String device, String name) {

  /** What a topic carries. */
  enum Kind {
    TELEMETRY("telemetry"),
    COMMANDS("commands");

    private final String level;

    Kind(String level) {
      this.level = level;
    }
  }

  static DeviceTopic of(String twin, String device, Kind kind) {
    return new DeviceTopic(kind, device, "dt/" + twin + "/" + device + "/" + kind.level);
  }

  /** The device's topic of this name; null where the name is no device's topic of the twin. */
  static @Nullable DeviceTopic parse(String twin, String name) {
    int twinEnd = 3 + twin.length();
    if (!name.startsWith("dt/") || !name.startsWith(twin, 3)) {
      return null;
    }
    if (name.length() <= twinEnd || name.charAt(twinEnd) != '/') {
      return null;
    }
    int deviceEnd = name.indexOf('/', twinEnd + 1);
    if (deviceEnd <= twinEnd + 1) {
      return null;
    }
    String device = name.substring(twinEnd + 1, deviceEnd);
    for (Kind kind : Kind.values()) {
      if (name.length() - deviceEnd - 1 == kind.level.length() && name.endsWith(kind.level)) {
        return new DeviceTopic(kind, device, name);
      }
    }
    return null;
  }
}
