package io.twinloom.local.mqtt;

import io.twinloom.mqtt.Authorizer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets users that are bound to devices publish and subscribe to those devices' topics alone, and
 * all others to all.
 *
 * @param twin whose topics they are
 * @param devices of each bound user
 */
record BoundUsers(String twin, Map<String, Set<String>> devices) implements Authorizer {

  @Override
  public boolean mayPublish(@Nullable String user, String topic) {
    return may(user, topic);
  }

  /** A filter with a wildcard in the device's place means other devices too. */
  @Override
  public boolean maySubscribe(@Nullable String user, String filter) {
    return may(user, filter);
  }

  private boolean may(@Nullable String user, String topic) {
    Set<String> own = user == null ? null : devices.get(user);
    return own == null
        || own.stream().anyMatch(d -> topic.startsWith("dt/" + twin + "/" + d + "/"));
  }
}
