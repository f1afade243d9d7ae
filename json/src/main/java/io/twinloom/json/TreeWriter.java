package io.twinloom.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a tree, copying the text of objects that are kept as they were read. */
final class TreeWriter {

  private TreeWriter() {}

  static byte[] bytes(JsonValue value) {
    int given = givenBytes(value);
    try {
      if (given > 0) {
        SizedOutput out = new SizedOutput(given);
        writeTo(out, value);
        return out.bytes();
      }
      try (ByteArrayBuilder out = new ByteArrayBuilder(512)) {
        writeTo(out, value);
        return out.toByteArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeTo(OutputStream out, JsonValue value) throws IOException {
    try (JsonGenerator generator = Json.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      write(generator, value);
    }
  }

  /** What lists of objects by their text, such as a reader answers, will need; 0 without any. */
  private static int givenBytes(JsonValue value) {
    long bytes = 0;
    if (value instanceof JsonObject object && object.givenText() == null) {
      for (JsonValue member : object.own().values()) {
        if (member instanceof JsonArray list
            && list.size() > 0
            && list.values().getFirst() instanceof JsonObject first
            && first.givenText() != null) {
          for (JsonValue element : list) {
            byte @Nullable [] text = element instanceof JsonObject o ? o.givenText() : null;
            bytes += text == null ? 0 : text.length + 1;
          }
        }
      }
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE - SizedOutput.SPARE - 8);
  }

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

  private static void write(JsonGenerator generator, JsonValue value) throws IOException {
    switch (value) {
      case JsonObject object -> {
        byte @Nullable [] given = given(object, generator);
        if (given != null) {
          generator.writeRawValue(new RawText(given));
          return;
        }
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

  /** Text that can be copied: only where bytes are written, and none is indented. */
  private static byte @Nullable [] given(JsonObject object, JsonGenerator generator) {
    return generator.getOutputTarget() instanceof OutputStream ? object.givenText() : null;
  }
}
