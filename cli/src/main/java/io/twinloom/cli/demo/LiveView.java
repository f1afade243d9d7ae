package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.ScreenText;
import io.twinloom.cli.terminal.Tty.Size;
import java.io.PrintStream;
import java.util.List;

/**
 * Paints pictures over one another on the terminal's alternate screen, so that what was there
 * before is there again in the end. Not for several threads.
 */
final class LiveView implements AutoCloseable {

  private static final String BEGIN = "\u001b[?1049h\u001b[?25l";
  private static final String END = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final boolean coloured;
  private Size drawn = new Size(1, 1);

  LiveView(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
    out.print(BEGIN);
    out.flush();
  }

  /** Paints a picture that fits the window: at most as many lines, each at most as wide. */
  void draw(List<String> lines, Size size) {
    StringBuilder frame = new StringBuilder(4_096);
    // What a window of another size has wrapped would stay between the lines.
    frame.append(size.equals(drawn) ? HOME : CLEAR + HOME);
    drawn = size;
    int shown = Math.min(lines.size(), size.rows());
    for (int i = 0; i < shown; i++) {
      frame.append(ScreenText.of(lines.get(i), coloured)).append(CLEAR_LINE);
      if (i < shown - 1) {
        frame.append('\n');
      }
    }
    out.print(frame.append(CLEAR_BELOW));
    out.flush();
  }

  @Override
  public void close() {
    out.print(END);
    out.flush();
  }
}
