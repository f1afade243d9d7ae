package io.twinloom.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a tree from a parser's tokens. */
final class TreeReader {

  private TreeReader() {}

  /**
   * @param utf8 what the parser reads, or {@link Json#NO_BYTES}
   */
  static JsonValue whole(JsonParser parser, byte[] utf8) throws IOException, JsonSyntaxException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonSyntaxException("it is empty", 1, 1);
    }
    JsonValue value =
        first == JsonToken.START_OBJECT && LongText.mayBeIn(utf8)
            ? withLongTexts(parser, utf8)
            : value(parser, first);
    if (parser.nextToken() != null) {
      JsonLocation at = parser.currentTokenLocation();
      throw new JsonSyntaxException(
          "something follows the end of the JSON value", at.getLineNr(), at.getColumnNr());
    }
    return value;
  }

  /** An object that is posted may have a file as one of its members. */
  private static JsonObject withLongTexts(JsonParser parser, byte[] utf8) throws IOException {
    MembersBuilder members = new MembersBuilder();
    for (String name; (name = parser.nextFieldName()) != null; ) {
      JsonToken token = parser.nextToken();
      Optional<String> text =
          token == JsonToken.VALUE_STRING
              ? LongText.at(utf8, (int) parser.currentTokenLocation().getByteOffset())
              : Optional.empty();
      members.put(name, text.isPresent() ? new JsonString(text.get()) : value(parser, token));
    }
    return JsonObject.owning(members.members());
  }

  private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        MembersBuilder members = new MembersBuilder();
        String name;
        while ((name = parser.nextFieldName()) != null) {
          members.put(name, value(parser, parser.nextToken()));
        }
        yield JsonObject.owning(members.members());
      }
      case START_ARRAY -> {
        List<JsonValue> elements = new ArrayList<>();
        JsonToken next;
        while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
          elements.add(value(parser, next));
        }
        yield new JsonArray(elements);
      }
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw new IllegalStateException("token " + token);
    };
  }
}
