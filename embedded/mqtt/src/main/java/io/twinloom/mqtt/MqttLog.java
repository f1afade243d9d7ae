package io.twinloom.mqtt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server notes what its operator should see. It is asked only for a few lines a minute of
 * each kind. Called on the event loop, so it must not block.
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
