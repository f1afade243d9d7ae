package io.twinloom.local.worker;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.tools.ToolProvider;

/** Writes user code into a folder, and runs it in real workers. */
final class UserCodeProject implements AutoCloseable {
  private final Path folder;
  private final List<UserFunction> functions = new ArrayList<>();
  final Queue<String> log = new ConcurrentLinkedQueue<>();
  private WorkerPools pools;
  WorkerLimits limits =
      new WorkerLimits(
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          Duration.ofMinutes(1),
          48,
          256,
          4,
          8,
          65536);

  UserCodeProject(Path folder) {
    this.folder = folder;
  }

  /** A Java function; {@code body} is the body of process(event). */
  UserCodeProject java(String name, String body) {
    return javaClass(
        name,
        """
        import io.twinloom.api.Processor;
        import java.util.*;

        public class Code implements Processor {
          @Override
          public Map<String, Object> process(Map<String, Object> event) throws Exception {
        %s
          }
        }
        """
            .formatted(body.indent(4).stripTrailing()));
  }

  UserCodeProject javaClass(String name, String source) {
    return javaClass(name, "Code", source);
  }

  UserCodeProject javaClass(String name, String className, String source) {
    try {
      Path sources = Files.createDirectories(folder.resolve(name).resolve("src"));
      Path classes = Files.createDirectories(folder.resolve(name).resolve("classes"));
      Path file = Files.writeString(sources.resolve(className + ".java"), source);
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-d",
                  classes.toString(),
                  file.toString());
      if (failed != 0) {
        throw new IllegalArgumentException("does not compile: " + source);
      }
      functions.add(function(name, Form.JAVA_SOURCE, List.of(classes), className));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Python function; {@code source} is the whole process.py. */
  UserCodeProject python(String name, String source) {
    return python(name, Form.PYTHON_PROCESS, source);
  }

  UserCodeProject python(String name, Form form, String source) {
    try {
      Path code = Files.createDirectories(folder.resolve(name));
      Files.writeString(code.resolve(form.file()), source);
      functions.add(function(name, form, List.of(code), form.file()));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserFunction function(String name, Form form, List<Path> path, String entry) {
    UserCode code =
        new UserCode(Role.PROCESSOR, name, "processors/" + name, form, Optional.empty());
    return new UserFunction(name, code, path, entry);
  }

  UserCodeProject timeout(Duration timeout) {
    limits = limits.withTimeout(timeout);
    return this;
  }

  synchronized WorkerPools pools() {
    if (pools == null) {
      pools = WorkerPools.start(functions, limits, new QueueLog(log), scratch());
    }
    return pools;
  }

  Path scratch() {
    return folder.resolve("scratch");
  }

  JsonObject call(String function, String event) {
    return pools().call(function, json(event));
  }

  static JsonObject json(String text) {
    try {
      return (JsonObject) Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    if (pools != null) {
      pools.close();
    }
  }

  private record QueueLog(Queue<String> lines) implements InvocationLog {
    @Override
    public void invocation(
        String function,
        String sourceCloud,
        String traceId,
        String device,
        String outcome,
        Duration duration) {}

    @Override
    public void note(
        Level level, String function, String traceId, String message, Map<String, String> fields) {
      lines.add(function + ": " + message);
    }
  }
}
