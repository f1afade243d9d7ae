package io.twinloom.local.invoke;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** An event that is to be accepted, as it is kept on disk and as its function is given it. */
record NewEvent(byte[] bytes, JsonObject tree) {

  static List<NewEvent> ofEach(List<JsonObject> trees) {
    List<byte[]> bytes = Json.bytesOfEach(trees);
    List<NewEvent> events = new ArrayList<>(trees.size());
    for (int i = 0; i < trees.size(); i++) {
      events.add(new NewEvent(bytes.get(i), trees.get(i)));
    }
    return events;
  }
}
