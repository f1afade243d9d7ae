package io.twinloom.json;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object; immutable, with its keys in the order they were written. One that was {@linkplain
 * #unread given as text} is read when it is looked into, and not before: who only passes it on
 * spares that.
 */
public final class JsonObject implements JsonValue {

  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(new FewMembers());

  private final byte @Nullable [] text;

  /** Nobody changes it, and what leaves this package is a view. */
  private volatile @Nullable Map<String, JsonValue> members;

  private JsonObject(Map<String, JsonValue> owned) {
    this.text = null;
    this.members = owned;
  }

  private JsonObject(byte[] text) {
    this.text = text;
  }

  /** An object of these members, in the map's order. */
  public static JsonObject of(Map<String, ? extends JsonValue> members) {
    return new JsonObject(new MembersBuilder(members).members());
  }

  /** Takes the map over without copying it: the caller must not use it any more. */
  static JsonObject owning(Map<String, JsonValue> members) {
    return new JsonObject(members);
  }

  /**
   * An object by its text, which is written again as it is.
   *
   * @param utf8 one valid JSON object and nothing else, which the caller has made sure of and gives
   *     up; looking into another throws {@link IllegalArgumentException}
   */
  public static JsonObject unread(byte[] utf8) {
    return new JsonObject(utf8);
  }

  /** The text that it was given as; null where it was not. */
  byte @Nullable [] givenText() {
    return text;
  }

  /** Starts an empty object. */
  public static Builder builder() {
    return new Builder(Map.of());
  }

  /** Starts from this object's members. */
  public Builder toBuilder() {
    return new Builder(own());
  }

  /** The members in order; unmodifiable. */
  public Map<String, JsonValue> members() {
    Map<String, JsonValue> own = own();
    // As a map that one cannot be changed.
    return own instanceof FewMembers ? own : Collections.unmodifiableMap(own);
  }

  /** The members themselves, which are not to be changed: to go through a view takes longer. */
  Map<String, JsonValue> own() {
    Map<String, JsonValue> known = members;
    if (known == null) {
      // Two threads may both read it; they find the same.
      known = text == null ? Map.of() : Json.parseObject(text).own();
      members = known;
    }
    return known;
  }

  /** The member of this name, or null where there is none (JSON's null is {@link JsonNull}). */
  public @Nullable JsonValue get(String name) {
    return own().get(name);
  }

  public boolean has(String name) {
    return own().containsKey(name);
  }

  /** The member's text, if it is one. */
  public Optional<String> text(String name) {
    return own().get(name) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
  }

  /** The member as an object, if it is one. */
  public Optional<JsonObject> object(String name) {
    return own().get(name) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
  }

  /** The member as an array, if it is one. */
  public Optional<JsonArray> array(String name) {
    return own().get(name) instanceof JsonArray a ? Optional.of(a) : Optional.empty();
  }

  public boolean isEmpty() {
    return own().isEmpty();
  }

  @Override
  public String kind() {
    return "an object";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject o && own().equals(o.own());
  }

  @Override
  public int hashCode() {
    return own().hashCode();
  }

  @Override
  public String toString() {
    return Json.text(this);
  }

  /** Makes a {@link JsonObject}; a name put again keeps its place and takes the new value. */
  public static final class Builder {
    private MembersBuilder members;
    private boolean built;

    private Builder(Map<String, JsonValue> members) {
      this.members = new MembersBuilder(members);
    }

    public Builder put(String name, JsonValue value) {
      afresh().put(name, value);
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    public Builder put(String name, long value) {
      return put(name, JsonNumber.of(value));
    }

    public Builder put(String name, double value) {
      return put(name, JsonNumber.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, JsonBoolean.of(value));
    }

    public Builder remove(String name) {
      afresh().remove(name);
      return this;
    }

    /** The object; the builder starts afresh from it and may be used on. */
    public JsonObject build() {
      built = true;
      return new JsonObject(members.members());
    }

    /** The members to change: what was built has those that there were. */
    private MembersBuilder afresh() {
      if (built) {
        members = new MembersBuilder(members.members());
        built = false;
      }
      return members;
    }
  }
}
