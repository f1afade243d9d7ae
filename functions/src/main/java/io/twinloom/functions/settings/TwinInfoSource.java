package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link TwinInfo} comes from. One process may run ten functions of a twin with a thousand
 * devices: what is the same for all is read once and shared, for as long as this lives. Used by
 * many threads.
 */
public final class TwinInfoSource {

  /** The variable that every function needs. */
  public static final String VARIABLE = "DIGITAL_TWIN_INFO";

  /** What stands before the path of a file that holds the value: a cloud limits the environment. */
  private static final String FILE = "file:";

  private @Nullable Known last;

  private record Known(String json, TwinInfo info) {}

  /**
   * Reads {@code DIGITAL_TWIN_INFO}, or the file that it names.
   *
   * @return the one that was returned before, if the text is the same as then
   * @throws ConfigurationError if it is missing, or not what it should be
   */
  public TwinInfo read(Environment environment) {
    String value = environment.required(VARIABLE);
    return of(value.startsWith(FILE) ? fileContent(value.substring(FILE.length())) : value);
  }

  private synchronized TwinInfo of(String json) {
    Known known = last;
    if (known == null || !known.json().equals(json)) {
      known = new Known(json, TwinInfoReader.read(parse(json)));
      last = known;
    }
    return known.info();
  }

  private static JsonObject parse(String json) {
    try {
      JsonValue value = Json.parse(json);
      if (value instanceof JsonObject object) {
        return object;
      }
      throw ConfigurationError.bad(VARIABLE, "it is " + value.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      throw ConfigurationError.bad(
          VARIABLE, "it is invalid JSON (line " + e.line() + ", column " + e.column() + ").");
    }
  }

  private static String fileContent(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw ConfigurationError.bad(VARIABLE, "its file " + path + " cannot be read.");
    }
  }
}
