package io.twinloom.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the members of an object, whose order is kept, few or many. */
final class MembersBuilder {

  private FewMembers few;
  private Map<String, JsonValue> many = Map.of();

  MembersBuilder() {
    this.few = new FewMembers();
  }

  /** Begins with these members, which stay as they are. */
  MembersBuilder(Map<String, ? extends JsonValue> members) {
    if (members instanceof FewMembers same) {
      this.few = new FewMembers(same);
      return;
    }
    this.few = new FewMembers();
    if (members.size() > FewMembers.MOST) {
      this.many = new LinkedHashMap<>(members);
    } else {
      members.forEach(this::put);
    }
  }

  /** A name that is put again keeps its place and takes the new value. */
  void put(String name, JsonValue value) {
    if (!many.isEmpty()) {
      many.put(name, value);
    } else if (!few.set(name, value)) {
      many = new LinkedHashMap<>(few);
      many.put(name, value);
      few = new FewMembers();
    }
  }

  void remove(String name) {
    if (!many.isEmpty()) {
      many.remove(name);
    } else {
      few.without(name);
    }
  }

  /** All of them; the builder must not be used any more. */
  Map<String, JsonValue> members() {
    return many.isEmpty() ? few : many;
  }
}
