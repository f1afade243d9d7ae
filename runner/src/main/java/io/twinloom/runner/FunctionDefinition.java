package io.twinloom.runner;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a process needs to know of a user function.
 *
 * @param name its deployed name
 * @param path folders of classes, and JARs
 * @param entry the class's name
 * @param mayReturnNothing whether null is a result: the object without members
 */
public record FunctionDefinition(
    String name, List<String> path, String entry, boolean mayReturnNothing) {
  public FunctionDefinition {
    path = List.copyOf(path);
  }

  /**
   * Reads a definition: {@code {"name", "path", "entry", "may_return_nothing"?}}.
   *
   * @throws IOException if it is none
   */
  public static FunctionDefinition read(byte[] json) throws IOException {
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
