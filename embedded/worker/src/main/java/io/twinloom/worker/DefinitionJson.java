package io.twinloom.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.twinloom.runner.forms.UserCodeForms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
        write(json, "libraries", function.libraries());
        write(json, environment(python.form(), function));
      }
      json.writeStringField("entry", function.entry());
      json.writeBooleanField("may_return_nothing", function.mayReturnNothing());
      write(json, "path", function.path());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return out.toByteArray();
  }

  /** What the cloud's runtime has that the code is written for, and what the system gives. */
  private static SortedMap<String, String> environment(String form, WorkerFunction function) {
    SortedMap<String, String> environment = new TreeMap<>();
    UserCodeForms.ofPython(form)
        .map(cloud -> cloud.environment(function.name(), function.path().getFirst()))
        .ifPresent(environment::putAll);
    environment.putAll(function.variables());
    return environment;
  }

  private static void write(JsonGenerator json, Map<String, String> environment)
      throws IOException {
    json.writeObjectFieldStart("environment");
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      json.writeStringField(variable.getKey(), variable.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<Path> paths) throws IOException {
    json.writeArrayFieldStart(name);
    for (Path path : paths) {
      json.writeString(path.toString());
    }
    json.writeEndArray();
  }
}
