package io.twinloom.server.http;

import io.twinloom.http.RequestHead;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a route.
 *
 * @param id of this request
 * @param path the values of the parameters of the route's path, decoded; a device's id in its
 *     normal form
 * @param body empty where it has none
 */
public record ApiRequest(String id, RequestHead head, Map<String, String> path, byte[] body) {

  public ApiRequest {
    path = GivenDevices.inPath(path);
  }

  /** A parameter of the path. */
  public String in(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no " + name);
    }
    return value;
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.headers().get(name));
  }

  /**
   * Where the request came from, as the audit log names it: {@code page}, {@code cli}, {@code api}.
   */
  public String by() {
    return head.headers().containsKey("sec-fetch-site")
        ? "page"
        : header("user-agent").filter(a -> a.startsWith("twinloom")).map(a -> "cli").orElse("api");
  }

  /** The parameters of the address, of which there may be none but these. */
  public Parameters query(String... known) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    head.query().forEach((name, value) -> members.put(name, new JsonString(value)));
    return Parameters.ofAddress(JsonObject.of(members), Set.of(known));
  }

  /** The members of the body, of which there may be none but these; an empty body has none. */
  public Parameters members(String... known) {
    return Parameters.ofBody(json(), Set.of(known));
  }

  /** The body as an object; an empty one where there is none. */
  public JsonObject json() {
    if (body.length == 0) {
      return JsonObject.EMPTY;
    }
    String type = header("content-type").orElse("application/json");
    if (!type.strip().toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
      throw ApiException.of(io.twinloom.server.error.ServerError.API_MEDIA_TYPE, "Content-Type");
    }
    try {
      return Json.parseObject(body);
    } catch (IllegalArgumentException e) {
      throw ApiException.body("The body is not a JSON object.");
    }
  }
}
