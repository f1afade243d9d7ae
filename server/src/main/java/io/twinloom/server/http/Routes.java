package io.twinloom.server.http;

import io.twinloom.http.StreamOpener;
import io.twinloom.http.Upload;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The table of all routes while it is made. Not for several threads. */
public final class Routes {

  private final List<Route> all = new ArrayList<>();

  /** Adds a route that answers with an object. */
  public Routes get(String template, Function<ApiRequest, JsonObject> answer) {
    return add("GET", template, Action.json(answer));
  }

  /** Adds a route that does something and answers with an object. */
  public Routes post(String template, Function<ApiRequest, JsonObject> answer) {
    return add("POST", template, Action.json(answer));
  }

  /** Adds a route that replaces something and answers with an object. */
  public Routes put(String template, Function<ApiRequest, JsonObject> answer) {
    return add("PUT", template, Action.json(answer));
  }

  /** Adds a route that removes something and answers with an object. */
  public Routes delete(String template, Function<ApiRequest, JsonObject> answer) {
    return add("DELETE", template, Action.json(answer));
  }

  /** Adds a route of any answer. */
  public Routes add(String method, String template, Action action) {
    all.add(new Route(method, template, false, new Route.Kind.Single(action)));
    return this;
  }

  /** Adds a route that needs no key: it shows nothing of any twin. */
  public Routes open(String template, Action action) {
    all.add(new Route("GET", template, true, new Route.Kind.Single(action)));
    return this;
  }

  /** Adds a route that is answered with a stream. */
  public Routes stream(String template, Function<ApiRequest, StreamOpener> opener) {
    all.add(new Route("GET", template, false, new Route.Kind.Streamed(opener)));
    return this;
  }

  /** Adds a route that takes a large body. */
  public Routes upload(String method, String template, Function<ApiRequest, Upload> upload) {
    all.add(new Route(method, template, false, new Route.Kind.Uploading(upload)));
    return this;
  }

  /** The routes so far. */
  public List<Route> list() {
    return List.copyOf(all);
  }
}
