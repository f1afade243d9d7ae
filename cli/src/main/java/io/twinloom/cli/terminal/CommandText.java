package io.twinloom.cli.terminal;

import java.nio.charset.StandardCharsets;

/** What a device was sent, as one line for people. */
public final class CommandText {

  private static final int MAX = 200;

  private CommandText() {}

  /** The command's text, cut to 200 characters; what would move the cursor is replaced. */
  public static String of(byte[] command) {
    String text = new String(command, StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX) + 1);
    for (int i = 0; i < text.length() && i < MAX; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.append(text.length() > MAX ? "…" : "").toString();
  }
}
