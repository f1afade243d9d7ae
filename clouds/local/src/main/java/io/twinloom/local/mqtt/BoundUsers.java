package io.twinloom.local.mqtt;

import io.twinloom.mqtt.Authorizer;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets users that are bound to devices publish and subscribe to those devices' topics alone, and
 * all others to all.
 *
 * @param twin whose topics they are
 * @param devices of each bound user
 */
record BoundUsers(String twin, Map<String, Set<String>> devices) implements Authorizer {

  BoundUsers {
    Map<String, Set<String>> composed = new HashMap<>();
    devices.forEach(
        (user, own) ->
            composed.put(user, own.stream().map(BoundUsers::composed).collect(Collectors.toSet())));
    devices = Map.copyOf(composed);
  }

  /** In the form in which device ids and topics are compared. */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

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
    if (own == null) {
      return true;
    }
    String name = composed(topic);
    return own.stream().anyMatch(device -> name.startsWith("dt/" + twin + "/" + device + "/"));
  }
}
