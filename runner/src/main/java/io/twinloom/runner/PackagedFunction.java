package io.twinloom.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The user function of a deployment package, as the entry point of each cloud calls it. It is
 * loaded when this is made, while the cloud starts the instance; where that fails, each event tries
 * again and says why.
 */
public final class PackagedFunction {

  /** The file at the package's root that holds the function's definition. */
  public static final String DEFINITION = "twinloom-function.json";

  /** The file beside it with what the twin is, {@code DIGITAL_TWIN_INFO}. */
  public static final String TWIN_INFO = "digital_twin_info.json";

  /**
   * The system property with that text. A process cannot add to its own environment, so it is there
   * that Java finds it.
   */
  public static final String TWIN_INFO_NAME = "DIGITAL_TWIN_INFO";

  /** The most that one event may have. */
  public static final int MAX_RESULT_BYTES = 192 * 1024;

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FAILED = 500;

  private final JavaFunction function;

  /**
   * An answer to an HTTP request.
   *
   * @param body the result, or {@code {"error"}}, as UTF-8
   */
  public record Answer(int status, byte[] body) {}

  private PackagedFunction(FunctionDefinition definition) {
    function = new JavaFunction(definition, MAX_RESULT_BYTES);
    try {
      function.load();
    } catch (UserCodeException e) {
      // Said at the event, which has somebody to say it to.
      return;
    }
  }

  /**
   * The function of the package that this class is in.
   *
   * @param name what the function is called, for its errors
   */
  public static PackagedFunction here(String name) {
    try {
      Path own =
          Path.of(
              PackagedFunction.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = Files.isDirectory(own) ? own : parent(own);
      return in(folder.endsWith("lib") ? parent(folder) : folder, name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of the package", e);
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file is in a folder");
  }

  /** The function of the package that was unpacked into a folder. */
  static PackagedFunction in(Path root, String name) {
    try {
      FunctionDefinition packed =
          FunctionDefinition.read(Files.readAllBytes(root.resolve(DEFINITION)));
      Path twinInfo = root.resolve(TWIN_INFO);
      if (Files.isRegularFile(twinInfo)) {
        System.setProperty(TWIN_INFO_NAME, Files.readString(twinInfo));
      }
      return new PackagedFunction(
          new FunctionDefinition(
              name,
              packed.path().stream().map(root::resolve).map(Path::toString).toList(),
              packed.entry(),
              packed.mayReturnNothing()));
    } catch (IOException e) {
      throw new UncheckedIOException("the package lacks a readable " + DEFINITION, e);
    }
  }

  /**
   * Gives it an event.
   *
   * @throws UserCodeException whatever it does
   */
  public byte[] call(byte[] event) {
    return function.call(event, 0);
  }

  /** Answers a POST whose body is an event. */
  public Answer answer(byte[] body) {
    if (!EventJson.isObject(body)) {
      return new Answer(BAD_REQUEST, EventBatch.error("the event is not a JSON object"));
    }
    try {
      return new Answer(OK, call(body));
    } catch (UserCodeException e) {
      return new Answer(FAILED, EventBatch.error(String.valueOf(e.getMessage())));
    }
  }
}
