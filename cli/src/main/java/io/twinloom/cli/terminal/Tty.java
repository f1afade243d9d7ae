package io.twinloom.cli.terminal;

import java.util.Optional;

/** The window that a command is looked at through. */
public interface Tty {

  /**
   * How large it is.
   *
   * @param columns width in characters, above 0
   * @param rows height in lines, above 0
   */
  record Size(int columns, int rows) {
    public Size {
      if (columns < 1 || rows < 1) {
        throw new IllegalArgumentException(columns + " x " + rows);
      }
    }
  }

  /** Its size now. */
  Size size();

  /** From now on single keys are read, where a person has a keyboard at this window. */
  Keys keys();

  /** Whether a person can type an answer there. */
  boolean answers();

  /** The next line that is typed; empty where the input has ended. */
  Optional<String> line();

  /** Keys as they are pressed. Not for several threads. */
  interface Keys extends AutoCloseable {

    /** No key is ever pressed. */
    Keys NONE =
        new Keys() {
          @Override
          public int next() {
            return -1;
          }

          @Override
          public void close() {}
        };

    /** The next key that was pressed, as its character; -1 where none was since. */
    int next();

    /** From now on lines are read as before. */
    @Override
    void close();
  }

  /** A window that never changes, and has no keyboard. */
  static Tty fixed(int columns, int rows) {
    Size size = new Size(columns, rows);
    return new Tty() {
      @Override
      public Size size() {
        return size;
      }

      @Override
      public boolean answers() {
        return false;
      }

      @Override
      public Optional<String> line() {
        return Optional.empty();
      }

      @Override
      public Keys keys() {
        return Keys.NONE;
      }
    };
  }
}
