package io.twinloom.cli.terminal;

import io.twinloom.model.text.Printable;
import java.nio.charset.StandardCharsets;

/** What a device was sent, as one line for people. */
public final class CommandText {

  private static final int MAX = 200;

  private CommandText() {}

  /** The command's text, cut to 200 characters; what cannot be seen is escaped. */
  public static String of(byte[] command) {
    return Printable.cut(new String(command, StandardCharsets.UTF_8), MAX);
  }
}
