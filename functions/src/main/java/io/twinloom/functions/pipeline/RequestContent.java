package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a function is given from an HTTP request. */
final class RequestContent {

  private RequestContent() {}

  /**
   * The query of a GET, with texts as values, or the object that is the body.
   *
   * @param lists whether that may be a list of events, each as deep as one alone may be
   * @throws Refused if the body is not a JSON object
   */
  static JsonObject read(HttpHead head, byte[] body, boolean lists) {
    return head.method().equals("GET") ? query(head) : object(head, body, lists);
  }

  private static JsonObject query(HttpHead head) {
    Map<String, JsonValue> parameters = new LinkedHashMap<>();
    head.query().forEach((name, value) -> parameters.put(name, new JsonString(value)));
    return JsonObject.of(parameters);
  }

  private static JsonObject object(HttpHead head, byte[] body, boolean lists) {
    if (body.length == 0) {
      throw bad("The request has no body.");
    }
    String encoding = head.header("content-encoding").orElse("").strip();
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw bad(
          "The body has the Content-Encoding "
              + Quoted.name(encoding)
              + ", which is not taken here: send it as it is.");
    }
    try {
      JsonValue value = Json.parse(body);
      if (value instanceof JsonObject object) {
        return object;
      }
      throw bad("The body is " + value.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      return (lists ? list(body) : Optional.<JsonObject>empty())
          .orElseThrow(() -> bad("The body is invalid JSON: " + e.getMessage() + "."));
    }
  }

  private static Optional<JsonObject> list(byte[] body) {
    try {
      return Json.parseWrapped(body) instanceof JsonObject object && EventList.isList(object)
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Refused bad(String what) {
    return Refused.of(FunctionsError.BODY, what, "Send a JSON object.");
  }
}
