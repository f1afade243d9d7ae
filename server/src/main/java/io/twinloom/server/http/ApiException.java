package io.twinloom.server.http;

import io.twinloom.json.JsonString;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;

/** A request that is refused for what it is. */
public final class ApiException extends TwinloomException {
  private static final long serialVersionUID = 1L;

  private ApiException(ServerError error, String what, String where) {
    super(error, what, where);
  }

  /** An invalid parameter of the address, or member of the body. */
  public static ApiException parameter(String name, String what) {
    return new ApiException(ServerError.API_PARAMETER, what, name);
  }

  /** A parameter of the address, or member of the body, that is none of those that there may be. */
  static ApiException unknown(String name) {
    return parameter(name, "There is no parameter " + new JsonString(name) + " here.");
  }

  /** A body that cannot be read. */
  public static ApiException body(String what) {
    return new ApiException(ServerError.API_BODY, what, "body");
  }

  /** An address, or a thing that it names, that is not there. */
  public static ApiException notFound(String what, String where) {
    return new ApiException(ServerError.API_NOT_FOUND, what, where);
  }

  /** What is to be changed is not what it was when it was last looked at. */
  public static ApiException changed(String what) {
    return new ApiException(ServerError.API_CHANGED, what, "digest");
  }

  /** A refusal with its general text. */
  static ApiException of(ServerError error, String where) {
    return new ApiException(error, error.facts().meaning(), where);
  }
}
