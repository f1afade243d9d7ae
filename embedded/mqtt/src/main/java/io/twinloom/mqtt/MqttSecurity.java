package io.twinloom.mqtt;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who may connect, and whether encrypted.
 *
 * @param certificate PEM files of a certificate and its key; with them the server is TLS only
 * @param users user and password, where clients must name themselves; none: anybody may connect
 */
public record MqttSecurity(Optional<Certificate> certificate, Map<String, String> users) {

  /** Plain TCP, and anybody may connect. */
  public static final MqttSecurity NONE = new MqttSecurity(Optional.empty(), Map.of());

  public MqttSecurity {
    users = Map.copyOf(users);
  }

  /** A certificate (chain) and its private key, as PEM files. */
  public record Certificate(Path chain, Path key) {}

  @Override
  public String toString() {
    return "MqttSecurity[tls=" + certificate.isPresent() + ", users=" + users.keySet() + "]";
  }
}
