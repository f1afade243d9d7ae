package io.twinloom.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the head of a request. */
final class RequestReader {
  private static final int MAX_PARAMETERS = 100;

  private RequestReader() {}

  /** A path without its slash, decoded; empty where it cannot be decoded. */
  static String name(@Nullable String path) {
    if (path == null || path.length() < 2 || path.charAt(0) != '/') {
      return "";
    }
    if (path.indexOf('%') < 0) {
      return path.substring(1);
    }
    try {
      return new QueryStringDecoder(path, StandardCharsets.UTF_8, true).path().substring(1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * The head as a handler wants it.
   *
   * @throws IllegalArgumentException if the query cannot be decoded, or has a parameter twice
   */
  static RequestHead of(HttpServerRequest request) {
    String query = request.query();
    return new RequestHead(
        request.method().name(),
        path(request),
        headers(request),
        query(query),
        query == null ? "" : query);
  }

  /** The head without its query. */
  static RequestHead withoutQuery(HttpServerRequest request) {
    return new RequestHead(request.method().name(), path(request), headers(request), Map.of(), "");
  }

  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }

  /**
   * Whether it is clear where the request ends and whom it is for: what two servers could read in
   * two ways is refused.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-6.1">RFC 9112, 3.2 and
   *     6.1</a>
   */
  static boolean isFramedRight(HttpServerRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    boolean chunkedOnce =
        codings.isEmpty()
            || codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked");
    return chunkedOnce && request.headers().getAll(HttpHeaders.HOST).size() <= 1;
  }

  /** Counts every line, also where a name stands several times. */
  static boolean hasMoreHeadersThan(int limit, HttpServerRequest request) {
    int count = 0;
    for (var unused : request.headers()) {
      count++;
    }
    return count > limit;
  }

  private static Map<String, String> headers(HttpServerRequest request) {
    MultiMap given = request.headers();
    Map<String, String> headers = HashMap.newHashMap(given.size());
    for (Map.Entry<String, String> header : given) {
      // RFC 9110, section 5.3: what stands several times is one list. A token then matches none.
      headers.merge(
          header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b);
    }
    return headers;
  }

  private static Map<String, String> query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    Map<String, List<String>> all =
        new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters();
    all.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw new IllegalArgumentException("a parameter stands twice");
          }
          parameters.put(name, values.get(0));
        });
    return parameters;
  }
}
