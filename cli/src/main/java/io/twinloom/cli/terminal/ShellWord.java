package io.twinloom.cli.terminal;

import java.util.regex.Pattern;

/** A text as one word of a POSIX shell: what a user copies from a hint has to work. */
public final class ShellWord {

  private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_@%+=:,./-]+");

  /** What double quotes do not take from its meaning. */
  private static final Pattern SPECIAL = Pattern.compile("[\"$`\\\\!]");

  private ShellWord() {}

  /**
   * The text itself where a shell takes it as it is, else in double quotes, since messages quote
   * commands in single ones.
   */
  public static String of(String text) {
    if (SAFE.matcher(text).matches()) {
      return text;
    }
    return SPECIAL.matcher(text).find() ? "'" + text.replace("'", "'\\''") + "'" : '"' + text + '"';
  }
}
