package io.twinloom.local.invoke;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.function.LongFunction;

/** An event that is to be accepted, as it is kept on disk and as its function is given it. */
record NewEvent(byte[] bytes, JsonObject tree) {

  static NewEvent of(JsonObject tree) {
    return new NewEvent(Json.bytes(tree), tree);
  }

  /** One that is made of the number of its acceptance. */
  static LongFunction<NewEvent> numbered(LongFunction<JsonObject> event) {
    return number -> of(event.apply(number));
  }
}
