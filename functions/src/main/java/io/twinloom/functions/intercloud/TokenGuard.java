package io.twinloom.functions.intercloud;

import io.twinloom.functions.settings.Crossing;
import io.twinloom.functions.settings.Environment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets in who knows one of a receiver's tokens. A receiver without a token of its own lets nobody
 * in. Compares digests in constant time, with all tokens always: how long it takes tells nothing of
 * which one was meant, nor how long they are.
 */
public final class TokenGuard {

  /** The header with the token. */
  public static final String HEADER = "X-Inter-Cloud-Token";

  private final List<byte[]> digests;

  private TokenGuard(List<byte[]> digests) {
    this.digests = digests;
  }

  /** The guard of a receiver with these settings. */
  public static TokenGuard of(Environment environment) {
    List<byte[]> digests = new ArrayList<>();
    for (String token : environment.optional(Crossing.ONLY_TOKEN).orElse("").split(",", -1)) {
      if (!token.isBlank()) {
        digests.add(digest(token.strip()));
      }
    }
    return new TokenGuard(List.copyOf(digests));
  }

  /** Whether the receiver has a token at all. */
  public boolean hasTokens() {
    return !digests.isEmpty();
  }

  /** Whether a token is one of the receiver's. */
  public boolean admits(String token) {
    byte[] given = digest(token.strip());
    boolean known = false;
    for (byte[] digest : digests) {
      known |= MessageDigest.isEqual(digest, given);
    }
    return known && !token.isBlank();
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
