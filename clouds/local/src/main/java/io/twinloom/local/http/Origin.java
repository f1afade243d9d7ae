package io.twinloom.local.http;

import java.io.IOException;
import java.net.URI;

/** Where connections go to: requests to one origin share its connections. */
record Origin(boolean encrypted, String host, int port) {

  /**
   * The origin of an address.
   *
   * @throws IOException if it is not an http or https address with a host
   */
  static Origin of(URI url) throws IOException {
    String host = url.getHost();
    boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
    if (host == null || (!encrypted && !"http".equalsIgnoreCase(url.getScheme()))) {
      throw new IOException("The address is not one of HTTP");
    }
    boolean literal = host.startsWith("[") && host.endsWith("]");
    int port = url.getPort() >= 0 ? url.getPort() : encrypted ? 443 : 80;
    return new Origin(encrypted, literal ? host.substring(1, host.length() - 1) : host, port);
  }

  /** What stands in the first line of a request to this address. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
