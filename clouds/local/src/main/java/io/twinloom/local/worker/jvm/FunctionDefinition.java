package io.twinloom.local.worker.jvm;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A user function that calls will name by its number.
 *
 * @param path folders of classes, and JARs
 * @param entry the class's name
 * @param mayReturnNothing whether null is a result: the object without members
 */
record FunctionDefinition(String name, List<String> path, String entry, boolean mayReturnNothing) {

  static FunctionDefinition read(byte[] json) throws IOException {
    Map<String, Object> object = EventJson.read(json, 0);
    if (object.get("name") instanceof String name
        && object.get("entry") instanceof String entry
        && object.get("path") instanceof List<?> path) {
      return new FunctionDefinition(
          name,
          path.stream().map(String.class::cast).toList(),
          entry,
          Boolean.TRUE.equals(object.get("may_return_nothing")));
    }
    throw new IOException("a function's definition without name, entry or path");
  }
}
