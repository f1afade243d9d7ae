package io.twinloom.model.condition;

import io.twinloom.model.Condition;
import io.twinloom.model.Condition.AllOf;
import io.twinloom.model.Condition.AnyOf;
import io.twinloom.model.Condition.BooleanConstant;
import io.twinloom.model.Condition.Comparison;
import io.twinloom.model.Condition.NumberConstant;
import io.twinloom.model.Condition.Operand;
import io.twinloom.model.Condition.Operator;
import io.twinloom.model.Condition.Path;
import io.twinloom.model.Condition.TextConstant;
import io.twinloom.model.condition.PathResolver.Meaning;
import io.twinloom.model.condition.PathResolver.OfDevice;
import io.twinloom.model.condition.PathResolver.Unclear;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the condition of an event rule: comparisons joined by {@code &&} and {@code ||}, of which
 * {@code &&} binds tighter; there are no parentheses around comparisons. A comparison has a
 * property path or a constant on each side.
 */
public final class ConditionParser {

  /** Longer conditions are refused. */
  public static final int MAX_LENGTH = 10_000;

  private static final String DELIMITERS = "<>=!&|()";

  private final String text;
  private final PathResolver paths;
  private int at;
  private @Nullable String device;

  private ConditionParser(String text, PathResolver paths) {
    this.text = text;
    this.paths = paths;
  }

  /**
   * Parses a condition.
   *
   * @throws ConditionException if it is none, or one that can never fire
   */
  public static ParsedCondition parse(String text, PathResolver paths) throws ConditionException {
    if (text.length() > MAX_LENGTH) {
      throw syntax(
          MAX_LENGTH + 1,
          "the condition is longer than " + MAX_LENGTH + " characters",
          "Make several rules of it.");
    }
    ConditionParser parser = new ConditionParser(text, paths);
    Condition condition = parser.any();
    if (parser.device == null) {
      throw new ConditionException(
          ModelError.CONDITION_NO_PATH,
          1,
          "it compares only constants, so no event can ever change it",
          "Compare a property, such as entityId.componentId.temperature > DOUBLE(30).");
    }
    return new ParsedCondition(condition, parser.device);
  }

  private Condition any() throws ConditionException {
    List<Condition> parts = new ArrayList<>();
    parts.add(all());
    while (joined("||")) {
      parts.add(all());
    }
    skipBlanks();
    if (at < text.length()) {
      throw unexpectedEnd();
    }
    return parts.size() == 1 ? parts.get(0) : new AnyOf(parts);
  }

  private Condition all() throws ConditionException {
    List<Condition> parts = new ArrayList<>();
    parts.add(comparison());
    while (joined("&&")) {
      parts.add(comparison());
    }
    return parts.size() == 1 ? parts.get(0) : new AllOf(parts);
  }

  private boolean joined(String by) {
    skipBlanks();
    if (text.startsWith(by, at)) {
      at += 2;
      return true;
    }
    return false;
  }

  private Comparison comparison() throws ConditionException {
    Side left = side();
    skipBlanks();
    int operatorColumn = at + 1;
    Operator operator = operator();
    Side right = side();
    left.kind().check(operator, right.kind(), operatorColumn);
    return new Comparison(left.operand(), operator, right.operand());
  }

  private Operator operator() throws ConditionException {
    for (String wrong : List.of("=>", "=<", "<>", "===")) {
      if (text.startsWith(wrong, at)) {
        throw syntax(
            at + 1,
            "\"" + wrong + "\" is not a comparison",
            "Write <, <=, >, >=, == or != between the two sides.");
      }
    }
    // The longer symbols first, since "<" begins "<=" too.
    for (Operator operator :
        List.of(
            Operator.LESS_OR_EQUAL,
            Operator.GREATER_OR_EQUAL,
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.LESS,
            Operator.GREATER)) {
      if (text.startsWith(operator.symbol(), at)) {
        at += operator.symbol().length();
        return operator;
      }
    }
    LookAlikes.refuse(word(at), at + 1);
    boolean single = text.startsWith("=", at);
    throw syntax(
        at + 1,
        single ? "\"=\" is not a comparison" : "a comparison is expected here, not " + here(),
        single ? "Write == to compare." : "Write <, <=, >, >=, == or != and what to compare with.");
  }

  private Side side() throws ConditionException {
    skipBlanks();
    int start = at;
    while (at < text.length() && !isDelimiter(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    LookAlikes.refuseUnseen(word, start + 1);
    if (word.isEmpty()) {
      throw syntax(
          start + 1,
          "a path or a constant is expected here, not " + here(),
          start < text.length() && text.charAt(start) == '('
              ? "Comparisons have no parentheses around them; && binds tighter than ||."
              : "Write entityId.componentId.propertyName, or a constant such as DOUBLE(30.5).");
    }
    if (at < text.length() && text.charAt(at) == '(') {
      return constant(word, start);
    }
    return path(word, start);
  }

  private Side constant(String type, int start) throws ConditionException {
    at++;
    if (type.equals("STRING")) {
      return new Side(new TextConstant(textInParentheses(start)), Kind.TEXT);
    }
    int close = text.indexOf(')', at);
    if (close < 0) {
      throw syntax(
          at, "the parenthesis that opens here is never closed", "Write a \")\" at its end.");
    }
    String value = text.substring(at, close).strip();
    int column = at + 1;
    at = close + 1;
    switch (type) {
      case "DOUBLE", "INTEGER":
        return new Side(new NumberConstant(Constants.number(type, value, column)), Kind.NUMBER);
      case "BOOLEAN":
        return new Side(new BooleanConstant(Constants.truth(value, column)), Kind.TRUTH);
      default:
        LookAlikes.refuse(type, start + 1);
        throw syntax(
            start + 1,
            Printable.quoted(type) + " is not a type of constants",
            "Write DOUBLE(30.5), INTEGER(3), STRING(text) or BOOLEAN(true).");
    }
  }

  /** The text up to the parenthesis that closes it, unescaped. */
  private String textInParentheses(int start) throws ConditionException {
    StringBuilder value = new StringBuilder();
    int open = 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        value.append(text.charAt(at++));
        continue;
      }
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (open == 0) {
        return value.toString();
      }
      value.append(c);
    }
    throw syntax(
        start + "STRING(".length(),
        "the parenthesis that opens here is never closed",
        "Write a \")\" at its end; one that belongs to the text is written \"\\)\".");
  }

  private Side path(String word, int start) throws ConditionException {
    Constants.refuseBare(word, start + 1);
    int dot = word.lastIndexOf('.');
    if (dot <= 0 || dot == word.length() - 1) {
      LookAlikes.refuse(word, start + 1);
      throw syntax(
          start + 1,
          Printable.quoted(word) + " is neither a path nor a constant",
          "Write entityId.componentId.propertyName, or a constant such as DOUBLE(30.5).");
    }
    String component = word.substring(0, dot);
    String property = word.substring(dot + 1);
    Meaning meaning = paths.resolve(component, property);
    if (meaning instanceof Unclear unclear) {
      LookAlikes.refuse(word, start + 1);
      throw new ConditionException(unclear.error(), start + 1, unclear.message(), unclear.fix());
    }
    OfDevice found = (OfDevice) meaning;
    if (device != null && !device.equals(found.device())) {
      throw new ConditionException(
          ModelError.CONDITION_DEVICES,
          start + 1,
          "it has properties of two devices, "
              + device
              + " and "
              + found.device()
              + ", which never come in one event",
          "Make one rule for each device.");
    }
    device = found.device();
    return new Side(new Path(component, property, found.device()), Kind.of(found.type()));
  }

  private void skipBlanks() {
    while (at < text.length() && LookAlikes.isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDelimiter(char c) {
    return LookAlikes.isBlank(c) || DELIMITERS.indexOf(c) >= 0;
  }

  private ConditionException unexpectedEnd() throws ConditionException {
    LookAlikes.refuse(word(at), at + 1);
    return syntax(
        at + 1,
        "\"&&\", \"||\" or the end is expected here, not " + here(),
        "Join comparisons with && or ||, and write no blanks in a path.");
  }

  private String here() {
    if (at >= text.length()) {
      return "the end";
    }
    String word = word(at);
    return Printable.quoted(word.isEmpty() ? text.substring(at, at + 1) : word, 20);
  }

  /** What stands here, up to the next blank. */
  private String word(int from) {
    int end = from;
    while (end < text.length() && !LookAlikes.isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(from, end);
  }

  static ConditionException syntax(int column, String what, String fix) {
    return new ConditionException(ModelError.CONDITION_SYNTAX, column, what, fix);
  }

  /** One side of a comparison. */
  private record Side(Operand operand, Kind kind) {}
}
