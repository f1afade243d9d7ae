package io.twinloom.cli.terminal;

import java.util.regex.Pattern;

/** A text as one word of a POSIX shell: what a user copies from a hint has to work. */
public final class ShellWord {

  private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** The text itself where a shell takes it as it is, else in single quotes. */
  public static String of(String text) {
    return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
