package io.twinloom.functions.http;

import java.net.URI;

/** Keeps secrets out of what people read. */
public final class Redaction {

  private static final String HIDDEN = "***";

  private Redaction() {}

  /** An address without user, query and fragment, any of which may hold a secret. */
  public static String of(URI url) {
    String host = url.getHost();
    String path = url.getRawPath();
    return url.getScheme()
        + "://"
        + (host == null ? HIDDEN : host)
        + (url.getPort() < 0 ? "" : ":" + url.getPort())
        + (path == null ? "" : path);
  }

  /** Text of others' making without the token, wherever it stands in it. */
  public static String of(String text, String token) {
    return token.isEmpty() ? text : text.replace(token, HIDDEN);
  }
}
