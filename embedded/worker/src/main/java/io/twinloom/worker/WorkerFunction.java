package io.twinloom.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A user function, ready to run.
 *
 * @param name by which it is called
 * @param version what its code is known by in the log; may be empty
 * @param language that it is written in
 * @param path for Java: what goes on its class path (compiled classes, JARs); for Python: folders
 *     that its imports are searched in, its own first
 * @param entry for Java: the name of the class that implements {@code io.twinloom.api.Processor};
 *     for Python: the file's name
 * @param mayReturnNothing whether nothing is a result: the object without members
 * @param libraries for Python: folders that are searched after its own
 * @param variables what its code finds in its environment; Java functions share processes, so of
 *     theirs only those that all have alike
 */
public record WorkerFunction(
    String name,
    String version,
    Language language,
    List<Path> path,
    String entry,
    boolean mayReturnNothing,
    List<Path> libraries,
    Map<String, String> variables) {
  public WorkerFunction {
    path = List.copyOf(path);
    libraries = List.copyOf(libraries);
    variables = Map.copyOf(variables);
  }

  /** A function whose version nobody asks for. */
  public WorkerFunction(
      String name,
      Language language,
      List<Path> path,
      String entry,
      boolean mayReturnNothing,
      List<Path> libraries,
      Map<String, String> variables) {
    this(name, "", language, path, entry, mayReturnNothing, libraries, variables);
  }

  /** The language of a function, and how its entry point is written. */
  public sealed interface Language {

    /** Functions in Java share worker JVMs. */
    record Java() implements Language {}

    /**
     * Each function in Python has processes of its own.
     *
     * @param form one of those that {@code twinloom_runner} knows, as PYTHON_PROCESS
     */
    record Python(String form) implements Language {}
  }
}
