package io.twinloom.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value together with its place in the text that it was read from. */
public final class Located {
  private final @Nullable Located parent;
  private final @Nullable String name;
  private final int index;
  private final int nameLine;
  private final int line;
  private final int column;
  private @Nullable JsonValue value;
  private @Nullable Map<String, Located> members;
  private @Nullable List<Located> elements;

  Located(
      @Nullable Located parent,
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

  /** The value itself; of an object or list it is made when it is first asked for. */
  public JsonValue value() {
    JsonValue known = value;
    if (known == null) {
      known = members == null ? plainArray() : plainObject(members);
      value = known;
    }
    return known;
  }

  /** Whether it is an object. */
  public boolean isObject() {
    return members != null;
  }

  /** Whether it is a list. */
  public boolean isArray() {
    return elements != null;
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
  public Map<String, Located> members() {
    return members == null ? Map.of() : Collections.unmodifiableMap(members);
  }

  /** The member of this name, or null where there is none. */
  public @Nullable Located member(String memberName) {
    return members == null ? null : members.get(memberName);
  }

  /** The elements of an array; empty for any other value. */
  public List<Located> elements() {
    return elements == null ? List.of() : Collections.unmodifiableList(elements);
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

  void isObject(LinkedHashMap<String, Located> placed) {
    members = placed;
  }

  void isArray(List<Located> placed) {
    elements = placed;
  }

  private static JsonObject plainObject(Map<String, Located> members) {
    MembersBuilder plain = new MembersBuilder();
    for (Map.Entry<String, Located> member : members.entrySet()) {
      plain.put(member.getKey(), member.getValue().value());
    }
    return JsonObject.owning(plain.members());
  }

  private JsonArray plainArray() {
    List<Located> placed = elements();
    JsonValue[] plain = new JsonValue[placed.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = placed.get(i).value();
    }
    return new JsonArray(List.of(plain));
  }
}
