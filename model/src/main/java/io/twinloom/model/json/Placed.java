package io.twinloom.model.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value together with its place in the text that it was read from. */
public final class Placed {
  private final @Nullable Placed parent;
  private final @Nullable String name;
  private final int index;
  private final int nameLine;
  private final int line;
  private final int column;
  private JsonValue value = JsonNull.NULL;
  private Map<String, Placed> members = Map.of();
  private List<Placed> elements = List.of();

  Placed(
      @Nullable Placed parent,
      @Nullable String name,
      int index,
      int nameLine,
      int line,
      int column) {
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.nameLine = nameLine;
    this.line = line;
    this.column = column;
  }

  /** The value itself. */
  public JsonValue value() {
    return value;
  }

  /** The line on which the value starts, from 1. */
  public int line() {
    return line;
  }

  /** The character of its line at which the value starts, from 1. */
  public int column() {
    return column;
  }

  /** The line of the name that stands before the value in an object; else the value's own. */
  public int nameLine() {
    return nameLine;
  }

  /** The members of an object in order; empty for any other value. */
  public Map<String, Placed> members() {
    return members;
  }

  /** The member of this name, or null where there is none. */
  public @Nullable Placed member(String memberName) {
    return members.get(memberName);
  }

  /** The elements of an array; empty for any other value. */
  public List<Placed> elements() {
    return elements;
  }

  /** The value's JSON pointer (RFC 6901). */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    appendTo(pointer);
    return pointer.toString();
  }

  /** The JSON pointer that a member of this object has, or would have if it were there. */
  public String pointerTo(String memberName) {
    StringBuilder pointer = new StringBuilder();
    appendTo(pointer);
    appendStep(pointer, memberName);
    return pointer.toString();
  }

  private void appendTo(StringBuilder pointer) {
    if (parent != null) {
      parent.appendTo(pointer);
      appendStep(pointer, name == null ? Integer.toString(index) : name);
    }
  }

  private static void appendStep(StringBuilder pointer, String step) {
    pointer.append('/');
    for (int i = 0; i < step.length(); i++) {
      char c = step.charAt(i);
      switch (c) {
        case '~' -> pointer.append("~0");
        case '/' -> pointer.append("~1");
        default -> pointer.append(c);
      }
    }
  }

  void is(JsonValue scalar) {
    value = scalar;
  }

  void isObject(LinkedHashMap<String, Placed> placed) {
    LinkedHashMap<String, JsonValue> plain = LinkedHashMap.newLinkedHashMap(placed.size());
    for (Map.Entry<String, Placed> member : placed.entrySet()) {
      plain.put(member.getKey(), member.getValue().value);
    }
    members = Collections.unmodifiableMap(placed);
    value = JsonObject.owning(plain);
  }

  void isArray(List<Placed> placed) {
    JsonValue[] plain = new JsonValue[placed.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = placed.get(i).value;
    }
    elements = Collections.unmodifiableList(placed);
    value = new JsonArray(List.of(plain));
  }
}
