package io.twinloom.local.worker;

import io.twinloom.model.UserCode;
import io.twinloom.worker.WorkerFunction;
import io.twinloom.worker.WorkerFunction.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A user function, ready to run.
 *
 * @param name its deployed name
 * @param version what its code is known by; may be empty
 * @param code where it stands in the project and how it is written
 * @param path for Java: what goes on its class path (compiled classes, JARs); for Python: folders
 *     that its imports are searched in, its own first
 * @param entry for Java: the name of the class that implements {@code io.twinloom.api.Processor};
 *     for Python: the file's name
 * @param libraries for Python: folders that its imports are searched in after its own
 */
public record UserFunction(
    String name,
    String version,
    UserCode code,
    List<Path> path,
    String entry,
    List<Path> libraries) {
  public UserFunction {
    path = List.copyOf(path);
    libraries = List.copyOf(libraries);
  }

  /** A function whose version nobody asks for. */
  public UserFunction(
      String name, UserCode code, List<Path> path, String entry, List<Path> libraries) {
    this(name, "", code, path, entry, libraries);
  }

  /**
   * The function as workers run it; an action may return nothing, since it does something.
   *
   * @param variables that its code finds in its environment
   */
  WorkerFunction forWorkers(Map<String, String> variables) {
    UserCode.Form form = code.form();
    Language language = form.isPython() ? new Language.Python(form.name()) : new Language.Java();
    return new WorkerFunction(
        name,
        version,
        language,
        path,
        entry,
        code.role() == UserCode.Role.EVENT_ACTION,
        libraries,
        variables);
  }
}
