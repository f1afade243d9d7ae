package io.twinloom.server.http;

import io.twinloom.http.RequestHead;
import io.twinloom.http.StreamOpener;
import io.twinloom.http.Upload;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An address and what it does.
 *
 * @param method in upper case
 * @param template the path, with parameters in braces; one that is named {@code path} stands last
 *     and takes the rest, slashes included
 * @param open whether it is answered without a key
 */
public record Route(String method, String template, boolean open, Kind kind) {

  /** How a route answers. */
  public sealed interface Kind {

    /** With one response. */
    record Single(Action action) implements Kind {}

    /** With a stream; what it throws is answered as a problem. */
    record Streamed(Function<ApiRequest, StreamOpener> opener) implements Kind {}

    /** With one response to a body that may be large. */
    record Uploading(Function<ApiRequest, Upload> upload) implements Kind {}
  }

  private static final String REST = "{path}";

  /** The parameters of the path, decoded, where a path is one of this route. */
  Optional<Map<String, String>> match(String path) {
    List<String> wanted = segments(template);
    List<String> given = segments(path);
    boolean rest = !wanted.isEmpty() && wanted.getLast().equals(REST);
    if (rest ? given.size() < wanted.size() : given.size() != wanted.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String want = wanted.get(i);
      boolean last = rest && i == wanted.size() - 1;
      String have = last ? String.join("/", given.subList(i, given.size())) : given.get(i);
      if (want.startsWith("{")) {
        Optional<String> decoded = decoded(have);
        if (decoded.isEmpty()) {
          return Optional.empty();
        }
        parameters.put(want.substring(1, want.length() - 1), decoded.get());
      } else if (!want.equals(have)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    if (path.length() > 1) {
      segments.addAll(List.of(path.substring(1).split("/", -1)));
    }
    return segments;
  }

  private static Optional<String> decoded(String segment) {
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    try {
      // A plus is a plus in a path.
      String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return text.indexOf('\0') >= 0 || text.indexOf('\ufffd') >= 0
          ? Optional.empty()
          : Optional.of(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a request is for this route, whatever its method. */
  boolean isFor(RequestHead head) {
    return match(head.path()).isPresent();
  }
}
