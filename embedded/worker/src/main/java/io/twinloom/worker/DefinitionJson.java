package io.twinloom.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A function as its process reads it: in Java {@code io.twinloom.runner.FunctionDefinition}, in
 * Python {@code twinloom_runner.calling}.
 */
final class DefinitionJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private DefinitionJson() {}

  static byte[] write(WorkerFunction function) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("name", function.name());
      if (function.language() instanceof WorkerFunction.Language.Python python) {
        json.writeStringField("form", python.form());
      }
      json.writeStringField("entry", function.entry());
      json.writeBooleanField("may_return_nothing", function.mayReturnNothing());
      json.writeArrayFieldStart("path");
      for (Path part : function.path()) {
        json.writeString(part.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return out.toByteArray();
  }
}
