package io.twinloom.deployer.device;

import io.twinloom.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a device needs to be let in. Kept owner-only beside the twin's other data, so that the
 * commands that play a device need no such options.
 *
 * @param certificate the certificate to trust, as a PEM file; empty: the authorities that Java
 *     knows
 * @param identity what the device shows of itself, where its channel asks for it
 */
public record MqttAccess(
    Optional<String> user,
    Optional<String> password,
    Optional<Path> certificate,
    Optional<Identity> identity) {

  /** A device's own certificate and its private key, as PEM files. */
  public record Identity(Path certificate, Path key) {}

  /** Where everybody is let in. */
  public static final MqttAccess OPEN =
      new MqttAccess(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Access by user and password, and by a certificate to trust. */
  public MqttAccess(Optional<String> user, Optional<String> password, Optional<Path> certificate) {
    this(user, password, certificate, Optional.empty());
  }

  /** As it is kept. */
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    user.ifPresent(u -> json.put("user", u));
    password.ifPresent(p -> json.put("password", p));
    certificate.ifPresent(c -> json.put("certificate", c.toAbsolutePath().toString()));
    identity.ifPresent(
        i ->
            json.put("own_certificate", i.certificate().toAbsolutePath().toString())
                .put("own_key", i.key().toAbsolutePath().toString()));
    return json.build();
  }

  /** Reads what {@link #toJson} writes. */
  public static MqttAccess of(JsonObject json) {
    return new MqttAccess(
        json.text("user"),
        json.text("password"),
        json.text("certificate").map(Path::of),
        json.text("own_certificate")
            .flatMap(c -> json.text("own_key").map(k -> new Identity(Path.of(c), Path.of(k)))));
  }

  @Override
  public String toString() {
    return "MqttAccess[user="
        + user
        + ", certificate="
        + certificate
        + ", identity="
        + identity
        + "]";
  }
}
