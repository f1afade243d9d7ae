package io.twinloom.worker.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads the error stream of a worker: lines, and between them marks of the worker's own, which say
 * where an event begins ({@code begin} and the call's id) and ends ({@code end}). A line that was
 * begun ends at a mark. For one thread.
 */
public final class EventMarks {

  /** A mark begins with a zero byte, which few texts have, and ends with its line. */
  private static final String BEGIN = "\0twinloom-event begin ";

  private static final String END = "\0twinloom-event end ";
  private static final int MAX_LENGTH = BEGIN.length() + 20;

  private final PrintedLines lines;
  private final LongConsumer begins;
  private final StringBuilder mark = new StringBuilder();

  /**
   * @param lines is given what is no mark
   * @param begins is given the id of each call that begins
   */
  public EventMarks(PrintedLines lines, LongConsumer begins) {
    this.lines = lines;
    this.begins = begins;
  }

  /** What a worker writes when a call begins. */
  public static String begin(long call) {
    return BEGIN + call + "\n";
  }

  /** What a worker writes when a call has ended. */
  public static String end(long call) {
    return END + call + "\n";
  }

  /** Takes bytes as they come. */
  public void write(byte[] bytes, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (mark.isEmpty() && bytes[i] != 0) {
        continue;
      }
      if (mark.isEmpty()) {
        lines.write(bytes, from, i - from);
      }
      from = i + 1;
      add(bytes[i]);
    }
    if (mark.isEmpty()) {
      lines.write(bytes, from, count - from);
    }
  }

  private void add(byte next) {
    if (next == '\n' && isMark()) {
      lines.endEvent();
      if (mark.indexOf(BEGIN) == 0) {
        begins.accept(Long.parseLong(mark.substring(BEGIN.length())));
      }
      mark.setLength(0);
      return;
    }
    mark.append((char) (next & 0xff));
    if (mark.length() > MAX_LENGTH || !mayBecomeMark()) {
      byte[] text = mark.toString().getBytes(StandardCharsets.ISO_8859_1);
      mark.setLength(0);
      lines.write(text, 0, text.length);
    }
  }

  private boolean isMark() {
    return mark.toString().matches("(" + BEGIN + "|" + END + ")[0-9]{1,18}");
  }

  private boolean mayBecomeMark() {
    String text = mark.toString();
    return startsAlike(text, BEGIN) || startsAlike(text, END);
  }

  private static boolean startsAlike(String text, String mark) {
    int length = Math.min(text.length(), mark.length());
    return text.regionMatches(0, mark, 0, length)
        && text.chars().skip(mark.length()).allMatch(c -> c >= '0' && c <= '9');
  }
}
