package io.twinloom.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text read with the place of everything in it, for files that people write.
 *
 * @param root the whole value
 * @param repeated every value whose name stood in its object before; the last one counts
 */
public record LocatedJson(Located root, List<Located> repeated) {
  public LocatedJson {
    repeated = List.copyOf(repeated);
  }

  /**
   * Reads one JSON text to its end. Columns count characters.
   *
   * @throws JsonSyntaxException if it is not exactly one JSON value
   */
  public static LocatedJson parse(String text) throws JsonSyntaxException {
    try (JsonParser parser = Json.FACTORY.createParser(text.toCharArray())) {
      return new Reader(parser).whole();
    } catch (JsonSyntaxException e) {
      throw JsonFault.in(text.getBytes(StandardCharsets.UTF_8), e);
    } catch (JsonProcessingException e) {
      throw JsonFault.in(text.getBytes(StandardCharsets.UTF_8), Json.syntax(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One pass through a text. */
  private static final class Reader {
    private final JsonParser parser;
    private final List<Located> repeated = new ArrayList<>();

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    LocatedJson whole() throws IOException, JsonSyntaxException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("it is empty", 1, 1);
      }
      Located root = value(first, null, null, -1, 0);
      if (parser.nextToken() != null) {
        JsonLocation at = parser.currentTokenLocation();
        throw new JsonSyntaxException(
            "something follows the end of the JSON value", at.getLineNr(), at.getColumnNr());
      }
      return new LocatedJson(root, repeated);
    }

    private Located value(
        JsonToken token, @Nullable Located parent, @Nullable String name, int index, int nameLine)
        throws IOException {
      JsonLocation at = parser.currentTokenLocation();
      int line = at.getLineNr();
      Located placed =
          new Located(parent, name, index, nameLine == 0 ? line : nameLine, line, at.getColumnNr());
      switch (token) {
        case START_OBJECT -> placed.isObject(members(placed));
        case START_ARRAY -> placed.isArray(elements(placed));
        case VALUE_STRING -> placed.is(new JsonString(parser.getText()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> placed.is(new JsonNumber(parser.getText()));
        case VALUE_TRUE -> placed.is(JsonBoolean.TRUE);
        case VALUE_FALSE -> placed.is(JsonBoolean.FALSE);
        case VALUE_NULL -> placed.is(JsonNull.NULL);
        default -> throw new IllegalStateException("token " + token);
      }
      return placed;
    }

    private LinkedHashMap<String, Located> members(Located object) throws IOException {
      LinkedHashMap<String, Located> members = new LinkedHashMap<>();
      String name;
      while ((name = parser.nextFieldName()) != null) {
        int nameLine = parser.currentTokenLocation().getLineNr();
        Located member = value(parser.nextToken(), object, name, -1, nameLine);
        if (members.put(name, member) != null) {
          repeated.add(member);
        }
      }
      return members;
    }

    private List<Located> elements(Located array) throws IOException {
      List<Located> elements = new ArrayList<>();
      JsonToken next;
      while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
        elements.add(value(next, array, null, elements.size(), 0));
      }
      return elements;
    }
  }
}
