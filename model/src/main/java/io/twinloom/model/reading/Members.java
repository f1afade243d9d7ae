package io.twinloom.model.reading;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object, asked for by name. What is asked for is what the object may have:
 * {@link #done} warns of the rest. Every method that returns null has reported why, but for absent
 * optional members.
 */
public final class Members {
  private final Located object;
  private final ProblemCollector problems;
  private final boolean secret;
  private final List<String> known = new ArrayList<>(8);
  private final List<String> missing = new ArrayList<>(0);
  private int found;

  private Members(Located object, ProblemCollector problems, boolean secret) {
    this.object = object;
    this.problems = problems;
    this.secret = secret;
  }

  /** The members of what must be an object; null, and reported, if it is none. */
  public static @Nullable Members of(Located at, ProblemCollector problems, String fix) {
    return of(at, problems, fix, false);
  }

  /** The same for an object that may hold secrets: no message shows a value of it. */
  public static @Nullable Members ofSecret(Located at, ProblemCollector problems, String fix) {
    return of(at, problems, fix, true);
  }

  private static @Nullable Members of(
      Located at, ProblemCollector problems, String fix, boolean secret) {
    if (at.isObject()) {
      return new Members(at, problems, secret);
    }
    problems.error(
        ModelError.VALUE_TYPE, at, secret ? notOf("an object", at) : notA("an object", at), fix);
    return null;
  }

  public Located object() {
    return object;
  }

  /** Names that are read elsewhere. */
  public void known(String... names) {
    for (String name : names) {
      optional(name);
    }
  }

  public @Nullable Located optional(String name) {
    Located member = object.member(name);
    if (!known.contains(name)) {
      known.add(name);
      found += member == null ? 0 : 1;
    }
    return member;
  }

  public @Nullable Located required(String name, String fix) {
    Located member = optional(name);
    if (member == null) {
      missing.add(name);
      problems.missing(object, name, fix);
    }
    return member;
  }

  /** A required text that is not blank. */
  public @Nullable String text(String name, String fix) {
    Located member = required(name, fix);
    return member == null ? null : textOf(member, fix);
  }

  /** A text that is not blank, if there is one. */
  public @Nullable String optionalText(String name, String fix) {
    Located member = optional(name);
    return member == null ? null : textOf(member, fix);
  }

  private @Nullable String textOf(Located member, String fix) {
    if (!(member.value() instanceof JsonString text)) {
      problems.error(
          ModelError.VALUE_TYPE,
          member,
          secret ? notOf("a text", member) : notA("a text", member),
          fix);
      return null;
    }
    if (text.value().isBlank()) {
      problems.error(ModelError.VALUE_BLANK, member, name(member) + " is blank.", fix);
      return null;
    }
    return text.value();
  }

  /** A truth value; {@code otherwise} where it is absent or, then reported, something else. */
  public boolean flag(String name, boolean otherwise) {
    Located member = optional(name);
    if (member == null) {
      return otherwise;
    }
    if (member.value() instanceof JsonBoolean flag) {
      return flag.value();
    }
    problems.error(
        ModelError.VALUE_TYPE,
        member,
        notA("true or false", member),
        "Write true or false, without quotation marks.");
    return otherwise;
  }

  /** A required whole number in a range. */
  public @Nullable Integer wholeNumber(String name, int from, int to, String fix) {
    Located member = required(name, fix);
    if (member == null) {
      return null;
    }
    if (!(member.value() instanceof JsonNumber number)) {
      problems.error(ModelError.VALUE_TYPE, member, notA("a whole number", member), fix);
      return null;
    }
    if (number.isWhole() && number.text().length() <= 10) {
      long value = Long.parseLong(number.text());
      if (value >= from && value <= to) {
        return (int) value;
      }
    }
    problems.error(
        ModelError.VALUE_RANGE,
        member,
        name(member)
            + " is "
            + Quoting.shown(number)
            + ", which is not a whole number from "
            + from
            + " to "
            + to
            + ".",
        fix);
    return null;
  }

  /** The elements of a list; empty, and reported if it is required, where there is none. */
  public List<Located> list(String name, boolean required, String fix) {
    Located member = required ? required(name, fix) : optional(name);
    if (member == null) {
      return List.of();
    }
    if (!member.isArray()) {
      problems.error(ModelError.VALUE_TYPE, member, notA("a list", member), fix);
    }
    return member.elements();
  }

  /** Warns of every member that nothing has asked for. */
  public void done() {
    if (found == object.members().size()) {
      return;
    }
    for (Map.Entry<String, Located> member : object.members().entrySet()) {
      String name = member.getKey();
      if (!known.contains(name) && !isIgnored(name)) {
        String meant = meant(name);
        problems.nameWarning(
            ModelError.KEY_UNKNOWN,
            member.getValue(),
            "The key " + Quoting.quoted(name) + " is unknown and has no effect.",
            meant == null
                ? "Delete it, or let its name begin with \"_comment\"; known here are "
                    + Quoting.either(known)
                    + "."
                : "Did you mean "
                    + Quoting.quoted(meant)
                    + (missing.contains(meant) ? ", which is missing" : "")
                    + "? Rename it, or delete it.");
      }
    }
  }

  /** Comments anywhere, and at the root the schema that an editor checks the file by. */
  private boolean isIgnored(String name) {
    return name.startsWith("_comment") || (name.equals("$schema") && object.pointer().isEmpty());
  }

  /** What is said of a member whose value is of another kind. */
  public static String notA(String kind, Located at) {
    return name(at) + " is " + Quoting.shown(at.value()) + ", not " + kind + ".";
  }

  private static String notOf(String kind, Located at) {
    return name(at) + " is " + at.value().kind() + ", not " + kind + ".";
  }

  /** A value's name for a message: that of the member, its place in a list, or the file's. */
  public static String name(Located at) {
    String pointer = at.pointer();
    if (pointer.isEmpty()) {
      return "The file's content";
    }
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    return last.matches("\\d+")
        ? "Element " + last
        : Quoting.quoted(last.replace("~1", "/").replace("~0", "~"));
  }

  /** What an unknown name was likely meant for: something that is missing, before anything else. */
  private @Nullable String meant(String name) {
    return Nearest.to(name, missing)
        .or(() -> Nearest.shortened(name, missing))
        .or(() -> Nearest.to(name, absent()))
        .orElse(null);
  }

  private List<String> absent() {
    return known.stream().filter(name -> object.member(name) == null).toList();
  }
}
