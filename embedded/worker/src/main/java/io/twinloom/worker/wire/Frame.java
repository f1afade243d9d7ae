package io.twinloom.worker.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One frame: its length without these four bytes, its type, an id, and a body; numbers are big
 * endian.
 *
 * @param id of the call, or of the function for {@link #DEFINE}, {@link #FORGET} and {@link
 *     #LOADED}; else 0
 */
public record Frame(byte type, long id, byte[] body) {

  /** To the worker: a function that calls will name; the body is a JSON object. */
  public static final byte DEFINE = 'D';

  /**
   * To the worker: an event; the body is the function's id (four bytes) and the event as JSON.
   * Without an event the function is loaded and nothing is called: the answer is empty then.
   */
  public static final byte CALL = 'C';

  /**
   * To the worker: from now on it marks on its error stream where each event begins and ends, see
   * {@link EventMarks}. Sent when something is written there past the worker, as programs do that
   * user code starts: so that what arrives there is known to be of which event.
   */
  public static final byte MARK = 'M';

  /**
   * To the worker: no call will name this function any more. Where its code has left threads
   * running, the worker ends, since they keep its classes.
   */
  public static final byte FORGET = 'G';

  /** From the worker: it takes calls; the id is its process id. */
  public static final byte READY = 'R';

  /** From the worker: a function's code is loaded, its first event starts. */
  public static final byte LOADED = 'L';

  /** From the worker: what the function returned, as JSON. */
  public static final byte ANSWER = 'A';

  /** From the worker: the call failed; the body is one of the failures below and a text. */
  public static final byte ERROR = 'E';

  /** From the worker: ids of calls (eight bytes each) that it has not started and will not. */
  public static final byte GIVEN_BACK = 'B';

  /**
   * From the worker: a line that the function printed or logged; the id is the call's, where there
   * is one, and the body is a level of those below and the text.
   */
  public static final byte PRINTED = 'P';

  /** From the worker: it answers nothing more and ends; what is unanswered was not started. */
  public static final byte RETIRING = 'X';

  /** A line for those who look for a fault in the code. */
  public static final byte DEBUG = 'D';

  /** A line as usual. */
  public static final byte INFO = 'I';

  /** A line that warns. */
  public static final byte WARN = 'W';

  /** A line about an error. */
  public static final byte SEVERE = 'E';

  /** The user's code failed, or returned something else than a JSON object. */
  public static final byte FAILED = 'F';

  /** The user's code could not be loaded. */
  public static final byte NOT_LOADED = 'L';

  /** The user's code used up its memory. */
  public static final byte MEMORY = 'M';

  /** A longer frame is refused by both sides: no event or result comes near. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** The bytes of a frame besides its body. */
  public static final int HEAD_BYTES = 4 + 1 + 8;

  private static final int TYPE_AND_ID_BYTES = 1 + 8;

  /** A frame whose body is one of the failures and a text. */
  public static Frame error(long id, byte failure, String text) {
    return marked(ERROR, id, failure, text);
  }

  /** A frame with a line that was printed or logged. */
  public static Frame printed(long call, byte level, String line) {
    return marked(PRINTED, call, level, line);
  }

  private static Frame marked(byte type, long id, byte mark, String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[1 + message.length];
    body[0] = mark;
    System.arraycopy(message, 0, body, 1, message.length);
    return new Frame(type, id, body);
  }

  /** A frame that carries an event to a function. */
  public static Frame call(long id, int function, byte[] event) {
    return new Frame(
        CALL, id, ByteBuffer.allocate(4 + event.length).putInt(function).put(event).array());
  }

  /** The frame as it is sent. */
  public byte[] bytes() {
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .putInt(TYPE_AND_ID_BYTES + body.length)
        .put(type)
        .putLong(id)
        .put(body)
        .array();
  }

  /** The body from an offset on, as text. */
  public String text(int from) {
    return new String(body, from, body.length - from, StandardCharsets.UTF_8);
  }
}
