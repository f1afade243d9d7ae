package io.twinloom.model;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the address of a receiver must be, wherever it is written down: a request to it carries a
 * secret, so it is HTTPS, or HTTP on the machine's own loopback, and holds no credentials itself.
 */
public final class ReceiverUrl {

  /** What is wrong with an address. */
  public enum Fault {
    /** It holds a user name or password. */
    USER_INFO,
    /** It names no host. */
    NO_HOST,
    /** A token would travel unencrypted, or by another protocol. */
    UNENCRYPTED
  }

  /** A name such as {@code 127.example.com} may be anybody's. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private ReceiverUrl() {}

  /** What is wrong with an address; empty where it may be used. */
  public static Optional<Fault> fault(URI url) {
    // Of an authority that is none of a server, such as one with two '@', Java knows no parts.
    String authority = url.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      return Optional.of(Fault.USER_INFO);
    }
    String host = url.getHost();
    if (host == null || host.isEmpty()) {
      return Optional.of(Fault.NO_HOST);
    }
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    boolean within = "http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.matcher(host).matches();
    return encrypted || within ? Optional.empty() : Optional.of(Fault.UNENCRYPTED);
  }
}
