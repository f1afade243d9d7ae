package io.twinloom.functions.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param headers by name; names in another case than lower are given in lower case
 * @param query decoded parameters of the address
 * @param rawQuery the same as they were sent, without the question mark; empty where there are none
 */
public record HttpHead(
    String method, Map<String, String> headers, Map<String, String> query, String rawQuery) {

  /** A head whose query is not signed. */
  public HttpHead(String method, Map<String, String> headers, Map<String, String> query) {
    this(method, headers, query, "");
  }

  public HttpHead {
    // Once, since a head is asked for several headers, most of which it does not have.
    if (headers.keySet().stream().anyMatch(name -> !name.equals(lower(name)))) {
      Map<String, String> lower = HashMap.newHashMap(headers.size());
      headers.forEach((name, value) -> lower.putIfAbsent(lower(name), value));
      headers = lower;
    }
  }

  /** A header by its name, in whatever case either is. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(lower(name)));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
