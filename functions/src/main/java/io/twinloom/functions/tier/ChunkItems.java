package io.twinloom.functions.tier;

import io.twinloom.functions.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a chunk, one after the other, each as the bytes it is stored in. Holds no more than
 * one of them, so a chunk may be as large as it likes.
 */
public final class ChunkItems {

  /** A larger item is none that this product has stored. */
  static final int MAX_ITEM = 32 * 1024 * 1024;

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final String key;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int end;
  private boolean begun;

  /**
   * @param in the unpacked chunk; the caller closes it
   */
  public ChunkItems(InputStream in, String key) {
    this.in = in;
    this.key = key;
  }

  /**
   * The next item; null where there is none.
   *
   * @throws DamagedChunkException if the chunk is no list of objects, or is packed wrongly
   * @throws StoreException if it cannot be read
   */
  public byte @Nullable [] next() throws DamagedChunkException {
    try {
      if (!begun) {
        if (blank() != '[') {
          throw damaged("it is no list");
        }
        begun = true;
      }
      int c = blank();
      if (c == ',') {
        c = blank();
      }
      if (c == ']') {
        return null;
      }
      if (c != '{') {
        throw damaged(c < 0 ? "it ends too early" : "it holds something that is no item");
      }
      return item();
    } catch (ZipException | EOFException e) {
      throw damaged("it is packed wrongly");
    } catch (IOException e) {
      throw new StoreException("A chunk cannot be read", key, e);
    }
  }

  /** An object from behind its first brace on: braces within texts do not count. */
  private byte[] item() throws IOException, DamagedChunkException {
    ByteArrayOutputStream item = new ByteArrayOutputStream(512);
    item.write('{');
    int depth = 1;
    boolean text = false;
    boolean escaped = false;
    while (true) {
      if (position == end && !fill()) {
        throw damaged("it ends too early");
      }
      int from = position;
      while (position < end) {
        byte c = buffer[position++];
        if (escaped) {
          escaped = false;
        } else if (text) {
          escaped = c == '\\';
          text = c != '"';
        } else if (c == '"') {
          text = true;
        } else if (c == '{' || c == '[') {
          depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
          item.write(buffer, from, position - from);
          return item.toByteArray();
        }
      }
      item.write(buffer, from, position - from);
      if (item.size() > MAX_ITEM) {
        throw damaged("an item exceeds " + MAX_ITEM + " bytes");
      }
    }
  }

  private int blank() throws IOException {
    while (position < end || fill()) {
      byte c = buffer[position++];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer, 0, BUFFER));
    return end > 0;
  }

  private static DamagedChunkException damaged(String why) {
    return new DamagedChunkException(why);
  }
}
