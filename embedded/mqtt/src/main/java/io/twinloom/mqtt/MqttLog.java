package io.twinloom.mqtt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server notes what its operator should see: of each client and reason one line a minute,
 * and one with how many more there were. Called on the event loop, so it must not block.
 */
@FunctionalInterface
public interface MqttLog {

  /**
   * Notes a warning.
   *
   * @param fields what it is about, such as client, address and topic; never a payload or a secret
   * @param cause what a port of the server failed with; null where none did
   */
  void warn(String message, Map<String, String> fields, @Nullable Throwable cause);
}
