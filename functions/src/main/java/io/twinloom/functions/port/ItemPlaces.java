package io.twinloom.functions.port;

import io.twinloom.functions.port.HotStore.ItemPlace;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Places that are kept as one text, since as objects those of a mover's chunks are most of what its
 * garbage collections go through. Cannot be changed.
 */
public final class ItemPlaces extends AbstractList<ItemPlace> implements RandomAccess {

  private static final byte END = '\n';
  private static final int USUAL_BYTES = 64;

  private final byte[] text;
  private final int[] ends;

  /**
   * @param text of each place its timestamp, its event id and a line feed, in UTF-8
   * @param ends of each place where its timestamp ends in the text, and where its event id does
   */
  private ItemPlaces(byte[] text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  /** Takes the bytes that make up a place, within the text that they are part of. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param from where the timestamp begins; the event id follows without a gap
     * @param to where the event id ends
     */
    void place(byte[] text, int from, int to);
  }

  /** The same places, in the same order. */
  public static ItemPlaces of(List<ItemPlace> places) {
    if (places instanceof ItemPlaces packed) {
      return packed;
    }
    Builder builder = new Builder();
    places.forEach(builder::add);
    return builder.build();
  }

  /**
   * Whether a text of as many places is that of these, each its timestamp and its event id, with a
   * line feed between two of them. It never is where an event id holds a line feed itself: such a
   * text could be that of other places too.
   */
  public boolean isText(byte[] places) {
    int bytes = Math.max(0, text.length - 1);
    int lines = 0;
    for (byte one : text) {
      lines += one == END ? 1 : 0;
    }
    return lines == size() && Arrays.equals(text, 0, bytes, places, 0, places.length);
  }

  /**
   * Visits the places in their order. In the text each is followed by a line feed, behind which the
   * next one begins.
   */
  public void visit(Visitor visitor) {
    int from = 0;
    for (int i = 1; i < ends.length; i += 2) {
      visitor.place(text, from, ends[i]);
      from = ends[i] + 1;
    }
  }

  @Override
  public ItemPlace get(int index) {
    Objects.checkIndex(index, size());
    int from = index == 0 ? 0 : ends[2 * index - 1] + 1;
    int middle = ends[2 * index];
    return new ItemPlace(
        new String(text, from, middle - from, StandardCharsets.UTF_8),
        new String(text, middle, ends[2 * index + 1] - middle, StandardCharsets.UTF_8));
  }

  @Override
  public int size() {
    return ends.length / 2;
  }

  /** Gathers places, and gives away those that came first. */
  public static final class Builder {
    private byte[] text = {};
    private int[] ends = {};
    private int bytes;
    private int marks;

    /** Adds a place behind the others. */
    public void add(ItemPlace place) {
      append(place.timestamp());
      append(place.eventId());
      text = withRoom(text, Math.addExact(bytes, 1));
      text[bytes++] = END;
    }

    private void append(String part) {
      byte[] own = part.getBytes(StandardCharsets.UTF_8);
      text = withRoom(text, Math.addExact(bytes, own.length));
      System.arraycopy(own, 0, text, bytes, own.length);
      bytes += own.length;
      if (marks == ends.length) {
        ends = Arrays.copyOf(ends, Math.max(2, 2 * ends.length));
      }
      ends[marks++] = bytes;
    }

    private static byte[] withRoom(byte[] text, int needed) {
      return needed <= text.length
          ? text
          : Arrays.copyOf(text, Math.max(needed, Math.max(USUAL_BYTES, 2 * text.length)));
    }

    /** The first places, as many as given. */
    public ItemPlaces first(int places) {
      return new ItemPlaces(Arrays.copyOf(text, end(places)), Arrays.copyOf(ends, 2 * places));
    }

    /** Forgets the first places, as many as given. */
    public void remove(int places) {
      int end = end(places);
      System.arraycopy(text, end, text, 0, bytes - end);
      bytes -= end;
      marks -= 2 * places;
      for (int i = 0; i < marks; i++) {
        ends[i] = ends[i + 2 * places] - end;
      }
    }

    private int end(int places) {
      Objects.checkFromToIndex(0, 2 * places, marks);
      return places == 0 ? 0 : ends[2 * places - 1] + 1;
    }

    /** All places so far. */
    public ItemPlaces build() {
      return first(marks / 2);
    }
  }
}
