package io.twinloom.functions.reading;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reader as its callers see it, on this cloud or on another. */
public interface Reader {

  /**
   * Asks with a request as a body.
   *
   * @throws TwinloomException if it did not answer
   */
  JsonObject post(JsonObject request, String trace);

  /**
   * Asks with a query.
   *
   * @throws TwinloomException if it did not answer
   */
  JsonObject get(Map<String, String> query, String trace);

  /**
   * The reader at the end of a way.
   *
   * @param local its name, where it is on this cloud
   */
  static Reader along(Route route, String local, RemoteSenders senders, FunctionInvoker invoker) {
    return switch (route) {
      case Route.Remote remote -> new Remote(senders.to(remote));
      case Route.Local ignored -> new Local(local, invoker);
    };
  }

  /** A reader of this cloud. */
  record Local(String name, FunctionInvoker invoker) implements Reader {
    @Override
    public JsonObject post(JsonObject request, String trace) {
      JsonObject.Builder traced = request.toBuilder();
      if (!trace.isEmpty()) {
        traced.put("trace_id", trace);
      }
      return invoker.call(name, traced.build());
    }

    @Override
    public JsonObject get(Map<String, String> query, String trace) {
      return post(request(query), trace);
    }
  }

  /** A query as the request that a reader sees. */
  static JsonObject request(Map<String, String> query) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    query.forEach((key, value) -> request.put(key, new JsonString(value)));
    return JsonObject.of(request);
  }

  /** A reader of another cloud. */
  record Remote(RemoteSender sender) implements Reader {
    @Override
    public JsonObject post(JsonObject request, String trace) {
      return object(sender.post(Json.bytes(request), trace));
    }

    @Override
    public JsonObject get(Map<String, String> query, String trace) {
      return object(sender.get(query, trace));
    }

    private static JsonObject object(byte[] body) {
      try {
        if (Json.parse(body) instanceof JsonObject object) {
          return object;
        }
      } catch (JsonSyntaxException e) {
        throw unreadable();
      }
      throw unreadable();
    }

    private static TwinloomException unreadable() {
      return new TwinloomException(
          FunctionsError.REMOTE_ANSWER,
          "The remote reader's answer is not a JSON object.",
          "",
          "Check that the connection's address is that of a reader.");
    }
  }
}
