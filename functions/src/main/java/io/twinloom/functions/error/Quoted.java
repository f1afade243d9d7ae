package io.twinloom.functions.error;

/** How names that came from outside are shown in messages: short, and on one line. */
public final class Quoted {

  private static final int MAX = 80;

  private Quoted() {}

  /** The name in quotes, cut to 80 characters, control characters replaced. */
  public static String name(String name) {
    StringBuilder shown = new StringBuilder(Math.min(name.length(), MAX) + 3).append('"');
    for (int i = 0; i < name.length() && i < MAX; i++) {
      char c = name.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return shown.append(name.length() > MAX ? "…\"" : "\"").toString();
  }
}
