package io.twinloom.http;

/** Decides on a request whose body may be large. */
@FunctionalInterface
public interface UploadOpener {

  /** What becomes of the request. */
  sealed interface Decision permits Upload, Refused {}

  /** It is answered without its body, which is thrown away. */
  record Refused(Response answer) implements Decision {}

  /** Decides. Called once, on a virtual thread of its own, before the body is read. */
  Decision open();
}
