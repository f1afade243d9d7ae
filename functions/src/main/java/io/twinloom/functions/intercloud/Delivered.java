package io.twinloom.functions.intercloud;

import io.twinloom.json.JsonObject;

/** What became of an envelope that was sent to another cloud. */
public sealed interface Delivered {

  /**
   * The receiver took it.
   *
   * @param answer what it said; an object without members where that is not an object
   */
  record Taken(JsonObject answer) implements Delivered {}

  /** It did not. */
  record NotTaken(RemoteException why) implements Delivered {}
}
