package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Interruption;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Tty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration in a window: shows its picture, again at once where a key or another size of
 * the window asks for it, and carries out keys. Not for several threads.
 */
final class DemoScreen implements AutoCloseable {

  /** Keys and the window's size are looked at so often. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Picture picture;
  private final Tty tty;
  private final Tty.Keys keys;
  private final LiveView view;
  private final Interruption interruption;
  private Picture.Page page = Picture.Page.VALUES;
  private boolean paused;
  private Tty.Size drawn;
  private Picture.@Nullable Content last;

  DemoScreen(Picture picture, Output output, Interruption interruption) {
    this.picture = picture;
    this.tty = output.terminal().tty();
    this.interruption = interruption;
    this.drawn = tty.size();
    this.keys = tty.keys();
    this.view = new LiveView(output.terminal().out(), output.terminal().coloured());
  }

  void draw(Picture.Content content) {
    if (!paused || last == null) {
      last = content;
      redraw();
    }
  }

  private void redraw() {
    Picture.Content seen = last;
    if (seen != null) {
      drawn = tty.size();
      List<String> lines = picture.lines(drawn, seen, page, paused);
      view.draw(lines, drawn);
    }
  }

  /** Waits, and does what keys ask for meanwhile; returns whether the end was asked for. */
  boolean await(Duration step) throws InterruptedException {
    long end = System.nanoTime() + step.toNanos();
    do {
      long left = end - System.nanoTime();
      Duration wait = left < LOOK.toNanos() ? Duration.ofNanos(Math.max(0, left)) : LOOK;
      if (interruption.await(wait)) {
        return true;
      }
      boolean asked = false;
      for (int key; (key = keys.next()) >= 0; ) {
        asked |= press((char) key);
      }
      if (asked || !tty.size().equals(drawn)) {
        redraw();
      }
    } while (System.nanoTime() < end && !interruption.isRequested());
    return interruption.isRequested();
  }

  /** Carries out a key; returns whether the picture is another one for it. */
  private boolean press(char key) {
    switch (key) {
      case 'q', 'Q' -> interruption.request();
      case 'i' -> page = toggled(Picture.Page.INVITATION);
      case '?', 'h' -> page = toggled(Picture.Page.KEYS);
      case 'v' -> page = Picture.Page.VALUES;
      case ' ' -> paused = !paused;
      default -> {
        return false;
      }
    }
    return true;
  }

  private Picture.Page toggled(Picture.Page wanted) {
    return page == wanted ? Picture.Page.VALUES : wanted;
  }

  @Override
  public void close() {
    keys.close();
    view.close();
  }
}
