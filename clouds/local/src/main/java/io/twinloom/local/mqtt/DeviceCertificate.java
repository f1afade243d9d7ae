package io.twinloom.local.mqtt;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.mqtt.MqttSecurity;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;

/** The certificate of the device channels, and its key. */
public final class DeviceCertificate {

  private DeviceCertificate() {}

  /**
   * Refuses a certificate with which no channel can be opened.
   *
   * @throws TwinloomException if there is one that cannot be read or used
   */
  public static void check(MqttSecurity security) {
    try {
      security.check();
    } catch (IOException e) {
      String file = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "";
      throw refused("cannot be read: " + FileFailure.reason(e), file, e);
    } catch (GeneralSecurityException e) {
      String file = security.certificate().map(pair -> pair.chain() + ", " + pair.key()).orElse("");
      throw refused("cannot be used: " + e.getMessage(), file, e);
    }
  }

  private static TwinloomException refused(String what, String where, Exception e) {
    return new TwinloomException(
        LocalError.MQTT_CERTIFICATE,
        "The certificate of the device channels, or its key, " + what + ".",
        where,
        LocalError.MQTT_CERTIFICATE.fix(),
        e);
  }
}
