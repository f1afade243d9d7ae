package io.twinloom.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that has few, in their order: side by side in two arrays, which for so
 * few is found as fast as in a hash table, and takes a quarter of the memory. It is changed until
 * it is given to an object, and never again.
 */
final class FewMembers extends AbstractMap<String, JsonValue> {

  /** So many at most. */
  static final int MOST = 16;

  private static final int FIRST_ROOM = 8;

  private String[] names;
  private JsonValue[] values;
  private int size;

  FewMembers() {
    this.names = new String[FIRST_ROOM];
    this.values = new JsonValue[FIRST_ROOM];
  }

  /** The same members, to be changed. */
  FewMembers(FewMembers other) {
    this.names = other.names.clone();
    this.values = other.values.clone();
    this.size = other.size;
  }

  /** Adds a member, or gives one that is there another value; false where it has no room. */
  boolean set(String name, JsonValue value) {
    int at = indexOf(name);
    if (at >= 0) {
      values[at] = value;
      return true;
    }
    if (size == MOST) {
      return false;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, MOST);
      values = Arrays.copyOf(values, MOST);
    }
    names[size] = name;
    values[size++] = value;
    return true;
  }

  /** Takes a member out, if it is there. */
  void without(String name) {
    int at = indexOf(name);
    if (at < 0) {
      return;
    }
    size--;
    System.arraycopy(names, at + 1, names, at, size - at);
    System.arraycopy(values, at + 1, values, at, size - at);
  }

  private int indexOf(Object name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  String name(int at) {
    return names[at];
  }

  JsonValue value(int at) {
    return values[at];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable JsonValue get(Object name) {
    int at = indexOf(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public Set<Map.Entry<String, JsonValue>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Map.Entry<String, JsonValue>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, JsonValue>> {
    private int at;

    @Override
    public boolean hasNext() {
      return at < size;
    }

    @Override
    public Map.Entry<String, JsonValue> next() {
      if (at == size) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, JsonValue> entry = Map.entry(names[at], values[at]);
      at++;
      return entry;
    }
  }
}
