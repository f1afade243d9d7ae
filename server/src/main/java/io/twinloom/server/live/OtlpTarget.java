package io.twinloom.server.live;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A receiver of spans over OTLP/HTTP, as the environment names it.
 *
 * @param url where spans are posted to
 * @param headers that each request has; they may be secrets, and stand nowhere else
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry Protocol
 *     Exporter</a>
 */
public record OtlpTarget(URI url, Map<String, String> headers) {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What became of a request. */
  public enum Sent {
    TAKEN,
    /** It may be taken later. */
    LATER,
    REFUSED
  }

  public OtlpTarget {
    headers = Map.copyOf(headers);
  }

  /**
   * The one that is named; empty where none is.
   *
   * @throws IllegalArgumentException if its address is none of HTTP, or its headers cannot be sent;
   *     the message names the variable and no value, which may be a secret
   */
  public static Optional<OtlpTarget> of(Map<String, String> environment) {
    Optional<String> own = value(environment, TRACES_ENDPOINT);
    return own.or(
            () ->
                value(environment, ENDPOINT)
                    .map(base -> base.replaceFirst("/+$", "") + "/v1/traces"))
        .map(url -> new OtlpTarget(checked(url), headers(environment)));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static URI checked(String text) {
    try {
      return HttpRequest.newBuilder(new URI(text)).build().uri();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ENDPOINT + " is not an address that begins with http:// or https://.");
    }
  }

  /** Pairs of names and percent-encoded values, separated by commas. */
  private static Map<String, String> headers(Map<String, String> environment) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : value(environment, HEADERS).orElse("").split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        add(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip(), headers);
      }
    }
    return headers;
  }

  private static void add(String name, String encoded, Map<String, String> headers) {
    try {
      String value = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      HttpRequest.Builder probe = HttpRequest.newBuilder();
      probe.header(name, value);
      headers.put(name, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          HEADERS
              + " has a pair that cannot be sent as a header, at "
              + (headers.size() + 1)
              + ".");
    }
  }

  /** Posts spans in JSON, and waits for the answer. */
  Sent post(HttpClient http, byte[] json) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    headers.forEach(request::setHeader);
    try {
      int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return switch (status) {
        case 429, 502, 503, 504 -> Sent.LATER;
        default -> status >= 200 && status < 300 ? Sent.TAKEN : Sent.REFUSED;
      };
    } catch (IOException e) {
      return Sent.LATER;
    }
  }

  /** Without the headers, which may be secrets. */
  @Override
  public String toString() {
    return url.getScheme() + "://" + url.getAuthority() + url.getPath();
  }
}
