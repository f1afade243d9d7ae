package io.twinloom.http;

import java.nio.file.Path;

/**
 * Takes a request's body as a file.
 *
 * @param maxBytes a larger body is answered 413
 * @param folder where the file is kept until it is handled; then it is removed
 * @param handling answers the request; called on a virtual thread of its own
 */
public record Upload(long maxBytes, Path folder, Handling handling)
    implements UploadOpener.Decision {

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
