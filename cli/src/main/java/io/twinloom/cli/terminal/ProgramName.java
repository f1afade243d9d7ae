package io.twinloom.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the user called this program. Messages everywhere name commands as {@code 'twinloom status'};
 * what is shown names them so that they can be copied: {@code './twinloom status'}.
 */
public final class ProgramName {

  /** The program's name in messages. */
  public static final String USUAL = "twinloom";

  /** In quotation marks, or at the beginning of a line of examples. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)((?<![\\p{L}\\p{N}])['(]|^ {2,})twinloom (?=[a-z])");

  private ProgramName() {}

  /** That of this process: what to type for another command. */
  public static String get() {
    return ShellWord.of(System.getProperty("twinloom.name", USUAL));
  }

  /** A text for people, with the commands in it as this user types them. */
  public static String in(String text) {
    return in(text, get());
  }

  static String in(String text, String program) {
    return program.equals(USUAL) || !text.contains(USUAL)
        ? text
        : COMMAND.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(program) + " ");
  }
}
