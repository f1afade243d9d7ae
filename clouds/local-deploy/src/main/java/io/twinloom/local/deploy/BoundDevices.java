package io.twinloom.local.deploy;

import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttSecurity;
import java.util.Map;
import java.util.Set;

/** Whether the devices that users of the device channel are bound to are the twin's. */
final class BoundDevices {

  private BoundDevices() {}

  /**
   * Refuses a user that is bound to a device which the twin has not: it could do nothing, and what
   * was taken for a device may be the end of its password.
   *
   * @throws TwinloomException if there is one; nothing of the line but the user is shown
   */
  static void check(Project project, MqttSecurity security) {
    for (Map.Entry<String, Set<String>> user : security.bound().entrySet()) {
      for (String device : user.getValue()) {
        if (!project.hasDevice(device)) {
          throw new TwinloomException(
              LocalDeployError.MQTT_USER_DEVICE,
              "The user \""
                  + user.getKey()
                  + "\" of --mqtt-users is bound to a device that the twin does not have.",
              user.getKey(),
              "Write the id of a device in the third column; a colon in a password is written \\:.");
        }
      }
    }
  }
}
