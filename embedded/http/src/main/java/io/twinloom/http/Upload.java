package io.twinloom.http;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Takes a request's body as a file.
 *
 * @param maxBytes a larger body is answered 413
 * @param folder where the file is kept until it is handled; then it is removed
 * @param handling answers the request; called on a virtual thread of its own
 * @param failures takes why the file cannot be written, which its client is answered in general
 */
public record Upload(long maxBytes, Path folder, Handling handling, Consumer<Throwable> failures)
    implements UploadOpener.Decision {

  /** The same with nobody who takes why the file cannot be written. */
  public Upload(long maxBytes, Path folder, Handling handling) {
    this(maxBytes, folder, handling, why -> {});
  }

  /** What is done with a body that is whole. */
  @FunctionalInterface
  public interface Handling {

    /**
     * Answers the request.
     *
     * @param file the body; it is removed when this returns
     */
    Response of(RequestHead head, Path file);
  }
}
