package io.twinloom.deployer;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the tokens of connections: 32 random bytes, URL-safe, 43 characters. */
public final class TokenGenerator {

  private static final int BYTES = 32;

  private final SecureRandom random;

  public TokenGenerator(SecureRandom random) {
    this.random = random;
  }

  /** A token that was never given before. */
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
