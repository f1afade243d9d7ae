package io.twinloom.local.deploy;

import io.twinloom.local.LocalOptions.MqttSecurity;
import io.twinloom.model.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a device needs to be let in. Kept owner-only beside the twin's other data while it runs, so
 * that the commands that play a device need not be told.
 *
 * @param certificate the certificate to trust, as a PEM file
 */
public record MqttAccess(
    Optional<String> user, Optional<String> password, Optional<Path> certificate) {

  /** Where everybody is let in. */
  public static final MqttAccess OPEN =
      new MqttAccess(Optional.empty(), Optional.empty(), Optional.empty());

  static MqttAccess of(Optional<MqttSecurity> security) {
    return security
        .map(
            s -> {
              Optional<Map.Entry<String, String>> user =
                  s.users().entrySet().stream().min(Map.Entry.comparingByKey());
              return new MqttAccess(
                  user.map(Map.Entry::getKey),
                  user.map(Map.Entry::getValue),
                  s.certificate().map(MqttSecurity.Certificate::chain));
            })
        .orElse(OPEN);
  }

  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    user.ifPresent(u -> json.put("user", u));
    password.ifPresent(p -> json.put("password", p));
    certificate.ifPresent(c -> json.put("certificate", c.toAbsolutePath().toString()));
    return json.build();
  }

  static MqttAccess of(JsonObject json) {
    return new MqttAccess(
        json.text("user"), json.text("password"), json.text("certificate").map(Path::of));
  }

  @Override
  public String toString() {
    return "MqttAccess[user=" + user + ", certificate=" + certificate + "]";
  }
}
