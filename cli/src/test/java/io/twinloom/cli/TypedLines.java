package io.twinloom.cli;

import io.twinloom.cli.terminal.Tty;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The window of a person who types lines, and no single keys. */
final class TypedLines implements Tty {
  private final Queue<String> lines;

  TypedLines(List<String> lines) {
    this.lines = new ArrayDeque<>(lines);
  }

  @Override
  public Size size() {
    return new Size(100, 40);
  }

  @Override
  public Keys keys() {
    return Keys.NONE;
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public Optional<String> line() {
    return Optional.ofNullable(lines.poll());
  }
}
