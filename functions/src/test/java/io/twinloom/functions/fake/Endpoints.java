package io.twinloom.functions.fake;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.RemoteCloud;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Receivers of several clouds by their addresses, as all of these clouds reach them. */
public final class Endpoints implements RemoteCloud {

  private final Map<String, Supplier<HostedFunction>> functions = new HashMap<>();

  /** Puts a receiver at an address; it is asked for with each request. */
  public void put(String url, Supplier<HostedFunction> function) {
    functions.put(url, function);
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    String address = url.toString().replaceFirst("\\?.*", "");
    Supplier<HostedFunction> function = functions.get(address);
    if (function == null) {
      throw new IOException("there is nothing at " + address);
    }
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    HttpAnswer answer = function.get().receive(new HttpHead(method, lower, query(url)), body);
    return new Answer(answer.status(), Optional.empty(), answer.body());
  }

  private static Map<String, String> query(URI url) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = url.getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int sign = pair.indexOf('=');
        query.put(decoded(pair.substring(0, sign)), decoded(pair.substring(sign + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
