package io.twinloom.model;

import java.util.Optional;

/**
 * A folder of user code that the project holds.
 *
 * @param role what it is for
 * @param name the device of a processor, or the functionName of an action; empty for the default
 *     processor and for feedback code
 * @param folder the folder's path inside the project, with forward slashes
 * @param form how it is written
 * @param sharedFolder the {@code _shared/} folder that goes along, if there is one
 */
public record UserCode(
    Role role, String name, String folder, Form form, Optional<String> sharedFolder) {

  /** What user code is for. */
  public enum Role {
    PROCESSOR,
    DEFAULT_PROCESSOR,
    EVENT_ACTION,
    EVENT_FEEDBACK
  }

  /** How user code is written; each form has one entry point. */
  public enum Form {
    /** {@code process.py} with {@code process(event)}. */
    PYTHON_PROCESS("process.py"),
    /** {@code lambda_function.py} with {@code lambda_handler(event, context)}. */
    PYTHON_LAMBDA("lambda_function.py"),
    /** {@code function_app.py}, Azure's v2 model with one HTTP route. */
    PYTHON_AZURE("function_app.py"),
    /** {@code main.py}, a functions-framework HTTP function. */
    PYTHON_GOOGLE("main.py"),
    /** {@code *.java}, one class of which implements {@code io.twinloom.api.Processor}. */
    JAVA_SOURCE("*.java"),
    /** {@code *.jar} with a service of type {@code io.twinloom.api.Processor}. */
    JAVA_JAR("*.jar");

    private final String file;

    Form(String file) {
      this.file = file;
    }

    /** The file by which the form is recognised. */
    public String file() {
      return file;
    }

    public boolean isPython() {
      return this != JAVA_SOURCE && this != JAVA_JAR;
    }
  }
}
