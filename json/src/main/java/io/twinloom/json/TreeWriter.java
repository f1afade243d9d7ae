package io.twinloom.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/** Writes a tree as text for people. */
final class TreeWriter {

  private TreeWriter() {}

  static void writeTo(Writer out, JsonValue value, boolean indented) {
    try (JsonGenerator generator = Json.FACTORY.createGenerator(out)) {
      if (indented) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        generator.setPrettyPrinter(printer);
      }
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(JsonGenerator generator, JsonValue value) throws IOException {
    switch (value) {
      case JsonObject object -> {
        generator.writeStartObject();
        for (Map.Entry<String, JsonValue> member : object.own().entrySet()) {
          generator.writeFieldName(member.getKey());
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
      case JsonArray array -> {
        generator.writeStartArray();
        for (JsonValue element : array) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case JsonString string -> generator.writeString(string.value());
      case JsonNumber number -> generator.writeNumber(number.text());
      case JsonBoolean bool -> generator.writeBoolean(bool.value());
      case JsonNull ignored -> generator.writeNull();
    }
  }
}
