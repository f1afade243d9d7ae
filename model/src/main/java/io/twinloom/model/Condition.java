package io.twinloom.model;

import java.math.BigDecimal;
import java.util.List;

/** The condition of an event rule, parsed. {@code &&} binds tighter than {@code ||}. */
public sealed interface Condition {

  /** True when any part is; at least two parts. */
  record AnyOf(List<Condition> parts) implements Condition {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  /** True when every part is; at least two parts. */
  record AllOf(List<Condition> parts) implements Condition {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  /** One comparison. */
  record Comparison(Operand left, Operator operator, Operand right) implements Condition {}

  /** A side of a comparison. */
  sealed interface Operand {}

  /**
   * A property of a component of the hierarchy.
   *
   * @param component what stands before the last dot, as written
   * @param property what follows the last dot
   * @param device the device that the component belongs to
   */
  record Path(String component, String property, String device) implements Operand {}

  /** {@code DOUBLE(…)} or {@code INTEGER(…)}. */
  record NumberConstant(BigDecimal value) implements Operand {}

  /** {@code STRING(…)}, unescaped. */
  record TextConstant(String value) implements Operand {}

  /** {@code BOOLEAN(…)}. */
  record BooleanConstant(boolean value) implements Operand {}

  /** How the sides are compared. */
  enum Operator {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }
}
