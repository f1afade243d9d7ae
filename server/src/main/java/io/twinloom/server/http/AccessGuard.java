package io.twinloom.server.http;

import io.twinloom.http.RequestHead;
import io.twinloom.server.error.ServerError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. On loopback that is who calls the server by a loopback name and comes from no other
 * web page: else any page in the user's browser could reach it (DNS rebinding, cross-site
 * requests). Elsewhere it is who has the key.
 *
 * @param key the API key that requests need; empty on loopback
 */
public record AccessGuard(Optional<String> key) {

  private static final String BEARER = "Bearer ";

  /**
   * Why a request is refused; empty where it is not.
   *
   * @param open whether what it asks for needs no key
   */
  Optional<ApiException> refusal(RequestHead head, boolean open) {
    Map<String, String> headers = head.headers();
    String host = headers.get("host");
    // Several headers of a name are one list.
    if (host == null || host.isBlank() || host.contains(",")) {
      return refused(ServerError.API_HOST, "Host");
    }
    if (key.isEmpty() && !isLoopback(host)) {
      return refused(ServerError.API_HOST_FOREIGN, "Host");
    }
    String origin = headers.get("origin");
    if (origin != null && !origin.equals("http://" + host) && !isOwnTls(origin, host)) {
      return refused(ServerError.API_ORIGIN, "Origin");
    }
    if ("cross-site".equals(headers.get("sec-fetch-site"))
        && !"navigate".equals(headers.get("sec-fetch-mode"))) {
      return refused(ServerError.API_ORIGIN, "Sec-Fetch-Site");
    }
    if (key.isPresent() && !open && !hasKey(headers.get("authorization"), key.get())) {
      return refused(ServerError.API_KEY, "Authorization");
    }
    return Optional.empty();
  }

  /** Behind a proxy with TLS, which is there only where a key is needed. */
  private boolean isOwnTls(String origin, String host) {
    return key.isPresent() && origin.equals("https://" + host);
  }

  private static boolean hasKey(@Nullable String given, String key) {
    if (given == null || !given.startsWith(BEARER)) {
      return false;
    }
    byte[] sent = given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sent, key.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<ApiException> refused(ServerError error, String where) {
    return Optional.of(ApiException.of(error, where));
  }

  private static boolean isLoopback(String host) {
    String name = host.replaceFirst(":\\d+$", "");
    return name.equalsIgnoreCase("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}
