package io.twinloom.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may connect, and whether encrypted.
 *
 * @param certificate PEM files of a certificate and its key; with them the server is TLS only
 * @param users user and password, where clients must name themselves; none: anybody may connect
 * @param bound the devices that a user is bound to, where it is bound to any: what that means is
 *     the owner's
 */
public record MqttSecurity(
    Optional<Certificate> certificate, Map<String, String> users, Map<String, Set<String>> bound) {

  /** Plain TCP, and anybody may connect. */
  public static final MqttSecurity NONE = new MqttSecurity(Optional.empty(), Map.of());

  public MqttSecurity {
    users = Map.copyOf(users);
    Map<String, Set<String>> copy = new TreeMap<>();
    bound.forEach((user, devices) -> copy.put(user, Set.copyOf(devices)));
    bound = Map.copyOf(copy);
  }

  /** Users none of whom is bound to anything. */
  public MqttSecurity(Optional<Certificate> certificate, Map<String, String> users) {
    this(certificate, users, Map.of());
  }

  /** A certificate (chain) and its private key, as PEM files. */
  public record Certificate(Path chain, Path key) {}

  /**
   * Reads certificate and key, where there are any, as a server that is opened does.
   *
   * @throws IOException if one of them cannot be read
   * @throws GeneralSecurityException if they cannot be used, or not together
   */
  public void check() throws IOException, GeneralSecurityException {
    var unused = Acceptor.tls(this);
  }

  @Override
  public String toString() {
    return "MqttSecurity[tls=" + certificate.isPresent() + ", users=" + users.keySet() + "]";
  }
}
