package io.twinloom.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Finds members of an object without building it. */
public final class JsonMembers {

  private JsonMembers() {}

  /**
   * The texts among these members of an object, whose whole text is checked on the way.
   *
   * @throws JsonSyntaxException if it is not exactly one JSON object
   */
  public static Map<String, String> texts(byte[] utf8, Set<String> names)
      throws JsonSyntaxException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonSyntaxException("it is not an object", 1, 1);
      }
      String name;
      while ((name = parser.nextFieldName()) != null) {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && names.contains(name)) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new JsonSyntaxException("something follows the end of the object", 1, 1);
      }
      return texts;
    } catch (JsonProcessingException e) {
      throw Json.syntax(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
