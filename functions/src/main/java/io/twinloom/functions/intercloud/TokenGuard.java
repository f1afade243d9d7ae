package io.twinloom.functions.intercloud;

import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.WebhookSignature.Claim;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.SigningSetting;
import io.twinloom.json.Sha256;
import io.twinloom.model.TwinConfig.SigningMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Admits requests with one of a receiver's tokens; a receiver without a token of its own admits
 * none. Compares digests in constant time, with all tokens always: the time reveals neither which
 * one matched nor their lengths.
 */
public final class TokenGuard {

  /** The header with the token. */
  public static final String HEADER = "X-Inter-Cloud-Token";

  /** What the head of a request is worth. */
  public enum Proof {
    /** Nothing: it is refused. */
    NONE,
    /** It names a token that needs no signature. */
    TOKEN,
    /** It claims a signature, which its body has to confirm. */
    SIGNATURE
  }

  /** A token that opens the receiver; its text shows nothing of it. */
  private record Key(byte[] token, byte[] digest, SigningMode signing) {
    @Override
    public String toString() {
      return "Key[" + signing + "]";
    }
  }

  private final List<Key> keys;
  private final boolean signing;

  private TokenGuard(List<Key> keys) {
    this.keys = keys;
    this.signing = keys.stream().anyMatch(key -> key.signing() != SigningMode.OFF);
  }

  /**
   * The guard of a receiver with these settings.
   *
   * @throws io.twinloom.functions.error.ConfigurationError if it cannot be said which of the tokens
   *     need a signature
   */
  public static TokenGuard of(Environment environment) {
    List<String> tokens =
        RemoteRouteSetting.tokens(environment.optional(RemoteRouteSetting.ONLY_TOKEN).orElse(""));
    List<SigningMode> signing = SigningSetting.ofReceiver(environment, tokens.size());
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      byte[] token = tokens.get(i).getBytes(StandardCharsets.UTF_8);
      keys.add(new Key(token, Sha256.of(token), signing.get(i)));
    }
    return new TokenGuard(List.copyOf(keys));
  }

  /** Whether the receiver has a token at all. */
  public boolean hasTokens() {
    return !keys.isEmpty();
  }

  /** Whether a request may come with a signature at all. */
  boolean takesSignatures() {
    return signing;
  }

  /**
   * What a request's head proves by itself. A token whose connection signs nothing is enough. Where
   * signing is on, the token is wanted, and a signature beside it is looked at; in strict mode the
   * signature alone counts, and a token beside it is ignored.
   */
  public Proof proof(HttpHead head, Instant now) {
    boolean unsigned = false;
    boolean on = false;
    boolean strict = false;
    byte[] given = given(head);
    for (Key key : keys) {
      boolean same = MessageDigest.isEqual(key.digest(), given);
      unsigned |= same & key.signing() == SigningMode.OFF;
      on |= same & key.signing() == SigningMode.ON;
      strict |= key.signing() == SigningMode.STRICT;
    }
    Optional<Claim> claim = signing && !unsigned ? Claim.of(head) : Optional.empty();
    if (claim.isEmpty()) {
      return unsigned || on ? Proof.TOKEN : Proof.NONE;
    }
    return (on || strict) && claim.get().isTimely(now) ? Proof.SIGNATURE : Proof.NONE;
  }

  /**
   * Whether a request that claims a signature is signed with a token that it may be signed with:
   * the one beside it where signing is on, else one of those that are strict.
   */
  boolean isSigned(HttpHead head, byte[] body) {
    Optional<Claim> claim = Claim.of(head);
    byte[] given = given(head);
    boolean withToken = false;
    boolean signedToken = false;
    boolean signedStrictly = false;
    for (Key key : keys) {
      boolean right = claim.isPresent() && claim.get().isBy(key.token(), body);
      boolean same = MessageDigest.isEqual(key.digest(), given) & key.signing() == SigningMode.ON;
      withToken |= same;
      signedToken |= same & right;
      signedStrictly |= right & key.signing() == SigningMode.STRICT;
    }
    return withToken ? signedToken : signedStrictly;
  }

  /** The digest of the token that a request has; of a blank one, which no key has. */
  private static byte[] given(HttpHead head) {
    return Sha256.of(head.header(HEADER).orElse("").strip().getBytes(StandardCharsets.UTF_8));
  }
}
