package io.twinloom.functions.error;

import io.twinloom.model.text.Printable;

/** How names that came from outside are shown in messages: short, and on one line. */
public final class Quoted {

  private static final int MAX = 80;

  private Quoted() {}

  /** The name in quotes, cut to 80 characters, with nothing in it that cannot be seen. */
  public static String name(String name) {
    return Printable.quoted(name, MAX);
  }
}
