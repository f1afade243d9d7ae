package io.twinloom.worker.wire;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes lines of what user code prints: long ones are cut, and of more than so many in a second the
 * rest is only counted. So a function may print as much as it likes, and fills no log.
 */
public final class PrintedLines extends OutputStream {

  /** What a line has beyond this is dropped. */
  public static final int MAX_LINE_BYTES = 1_000;

  /** Lines beyond these are counted and dropped until the second is over. */
  public static final int MAX_LINES_A_SECOND = 100;

  /** Where lines go. */
  @FunctionalInterface
  public interface Lines {

    /**
     * @param level one of {@link Frame}'s
     */
    void line(byte level, String text);
  }

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final Lines lines;
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int length;
  private boolean cut;
  private long secondStarted;
  private int inThisSecond;
  private boolean saidInThisSecond;
  private long dropped;

  /**
   * @param nanoClock as {@link System#nanoTime()}
   * @param lines is given each line, without its end
   */
  public PrintedLines(LongSupplier nanoClock, Lines lines) {
    this.nanoClock = nanoClock;
    this.lines = lines;
    this.secondStarted = nanoClock.getAsLong();
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    int end = offset + count;
    int from = offset;
    for (int i = offset; i < end; i++) {
      if (bytes[i] == '\n') {
        add(bytes, from, i);
        endLine();
        from = i + 1;
      }
    }
    add(bytes, from, end);
  }

  private void add(byte[] bytes, int from, int to) {
    int taken = Math.min(to - from, MAX_LINE_BYTES - length);
    System.arraycopy(bytes, from, line, length, taken);
    length += taken;
    cut |= taken < to - from;
  }

  /** A line that stands by itself, such as a record of a log; it ends none that was begun. */
  public synchronized void add(byte level, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean tooLong = bytes.length > MAX_LINE_BYTES;
    String kept =
        tooLong ? new String(bytes, 0, MAX_LINE_BYTES, StandardCharsets.UTF_8) + " …" : text;
    count(level, kept);
  }

  /** Ends a line that was begun, and says how many were dropped. */
  public synchronized void endEvent() {
    if (length > 0) {
      endLine();
    }
    sayDropped();
  }

  private void endLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    count(Frame.INFO, cut ? text + " …" : text);
    length = 0;
    cut = false;
  }

  private void count(byte level, String text) {
    long now = nanoClock.getAsLong();
    if (now - secondStarted >= SECOND) {
      secondStarted = now;
      inThisSecond = 0;
      saidInThisSecond = false;
      sayDropped();
    }
    if (inThisSecond++ < MAX_LINES_A_SECOND) {
      lines.line(level, text);
    } else {
      dropped++;
    }
  }

  private void sayDropped() {
    // Once in a second: many events that each print a line too many must not say so one by one.
    if (dropped > 0 && !saidInThisSecond) {
      saidInThisSecond = true;
      lines.line(Frame.INFO, "(" + dropped + " more lines were printed and not kept)");
      dropped = 0;
    }
  }
}
