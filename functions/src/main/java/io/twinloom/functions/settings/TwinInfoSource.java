package io.twinloom.functions.settings;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Where {@link TwinInfo} comes from. One process may run ten functions of a twin with a thousand
 * devices: what is the same for all is read once and shared for as long as one of them lives.
 */
public final class TwinInfoSource {

  /** The variable that every function needs. */
  public static final String VARIABLE = "DIGITAL_TWIN_INFO";

  /** What stands before the path of a file that holds the value: a cloud limits the environment. */
  private static final String FILE = "file:";

  private static final Map<String, WeakReference<Shared>> SHARED = new WeakHashMap<>();

  /** Holds its own key, so that the weak map keeps both or neither. */
  private record Shared(String json, TwinInfo info) {}

  private final Shared shared;

  private TwinInfoSource(Shared shared) {
    this.shared = shared;
  }

  /**
   * Reads {@code DIGITAL_TWIN_INFO}, or the file that it names. Keep what is returned for as long
   * as the info is used.
   *
   * @throws ConfigurationError if it is missing, or not what it should be
   */
  public static TwinInfoSource read(Environment environment) {
    String value = environment.required(VARIABLE);
    return of(value.startsWith(FILE) ? fileContent(value.substring(FILE.length())) : value);
  }

  /** What was read. */
  public TwinInfo info() {
    return shared.info();
  }

  private static TwinInfoSource of(String json) {
    synchronized (SHARED) {
      WeakReference<Shared> known = SHARED.get(json);
      Shared shared = known == null ? null : known.get();
      if (shared == null) {
        shared = new Shared(json, TwinInfoReader.read(parse(json)));
        SHARED.put(json, new WeakReference<>(shared));
      }
      return new TwinInfoSource(shared);
    }
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
