package io.twinloom.worker;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.worker.WorkerFunction.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.tools.ToolProvider;

/** Writes user code into a folder, and runs it in real workers. */
final class UserCodeProject implements AutoCloseable {

  /** The file that a form of Python code is in. */
  static final Map<String, String> FILES =
      Map.of(
          "PYTHON_PROCESS", "process.py",
          "PYTHON_LAMBDA", "lambda_function.py",
          "PYTHON_AZURE", "function_app.py",
          "PYTHON_GOOGLE", "main.py");

  private final Path folder;
  private final List<WorkerFunction> functions = new ArrayList<>();
  final Queue<String> log = new ConcurrentLinkedQueue<>();

  /** Each line as FUNCTION TRACE LEVEL LINE. */
  final Queue<String> detailed = new ConcurrentLinkedQueue<>();

  /** What functions added later find in their environment. */
  Map<String, String> variables = Map.of();

  /** Whether workers get namespaces of processes where the system permits. */
  boolean namespaces = true;

  /** What user code must not see, where the system permits. */
  List<SecretFolder> secrets = List.of();

  List<Path> code = List.of();

  private WorkerPools pools;
  WorkerLimits limits =
      WorkerLimits.DEFAULTS.toBuilder()
          .timeout(Duration.ofSeconds(30))
          .idle(Duration.ofMinutes(1))
          .javaHeapMegabytes(48)
          .pythonMegabytes(256)
          .pythonWorkers(8)
          .resultBytes(65536)
          .build();

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
                  OutputStream.nullOutputStream(),
                  "-g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-d",
                  classes.toString(),
                  file.toString());
      if (failed != 0) {
        throw new IllegalArgumentException("does not compile: " + source);
      }
      functions.add(
          new WorkerFunction(
              name, new Language.Java(), List.of(classes), className, false, List.of(), variables));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Python function; {@code source} is the whole process.py. */
  UserCodeProject python(String name, String source) {
    return python(name, "PYTHON_PROCESS", source);
  }

  UserCodeProject python(String name, String form, String source) {
    try {
      Path code = Files.createDirectories(folder.resolve(name));
      String file = Objects.requireNonNull(FILES.get(form));
      Files.writeString(code.resolve(file), source);
      functions.add(
          new WorkerFunction(
              name, new Language.Python(form), List.of(code), file, false, List.of(), variables));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<WorkerFunction> functions() {
    return functions;
  }

  UserCodeProject timeout(Duration timeout) {
    limits = limits.toBuilder().timeout(timeout).build();
    return this;
  }

  synchronized WorkerPools pools() {
    if (pools == null) {
      pools =
          WorkerPools.start(functions, limits, new QueueLog(log, detailed), scratch(), isolation());
    }
    return pools;
  }

  private Isolation isolation() {
    return Isolation.of(namespaces, functions, new Workplace(scratch(), secrets, code));
  }

  /** Whether the system permits to keep secrets from user code. */
  boolean hidesSecrets() {
    return isolation().hidesSecrets();
  }

  Path scratch() {
    return folder.resolve("scratch");
  }

  JsonObject call(String function, String event) {
    JsonObject json = json(event);
    String trace = json.text("trace_id").orElse("");
    return Json.parseObject(pools().call(function, Json.bytes(json), trace));
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

  private record QueueLog(Queue<String> lines, Queue<String> detailed) implements WorkerLog {
    @Override
    public void printed(String function, String version, String trace, Level level, String line) {
      detailed.add(function + " " + trace + " " + level + " " + line);
      lines.add(function + ": " + line);
    }

    @Override
    public void died(String function, String how, String lastWords) {
      lines.add(function + ": A process for user code " + how);
    }
  }
}
