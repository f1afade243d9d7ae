package io.twinloom.mqtt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Users with passwords. Keeps digests instead of the passwords, and takes the same time whether the
 * user or the password is wrong.
 */
public final class PasswordUsers implements Authenticator {
  private static final byte[] NOBODY = digest(new byte[0]);

  private final Map<String, byte[]> passwords = new HashMap<>();

  /**
   * @param users the password of each user; with none anybody may connect
   */
  public PasswordUsers(Map<String, String> users) {
    users.forEach((user, password) -> passwords.put(user, digest(utf8(password))));
  }

  @Override
  public boolean allows(@Nullable String user, byte @Nullable [] password) {
    if (passwords.isEmpty()) {
      return true;
    }
    byte[] wanted = user == null ? null : passwords.get(user);
    byte[] given = digest(password == null ? new byte[0] : password);
    boolean same = MessageDigest.isEqual(wanted == null ? NOBODY : wanted, given);
    return same && wanted != null && password != null;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
