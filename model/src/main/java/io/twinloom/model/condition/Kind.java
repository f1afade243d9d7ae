package io.twinloom.model.condition;

import io.twinloom.model.Condition.Operator;
import io.twinloom.model.DataType;
import io.twinloom.model.error.ModelError;
import java.util.Optional;

/** What kind of value a side of a comparison has. */
enum Kind {
  NUMBER("a number"),
  TEXT("a text"),
  TRUTH("true or false"),
  /** Of a property that is not configured. */
  UNKNOWN("of an unknown type");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  static Kind of(Optional<DataType> type) {
    if (type.isEmpty()) {
      return UNKNOWN;
    }
    return switch (type.get()) {
      case DOUBLE, INTEGER, LONG -> NUMBER;
      case STRING -> TEXT;
      case BOOLEAN -> TRUTH;
    };
  }

  /** Refuses a comparison whose outcome has no meaning. */
  void check(Operator operator, Kind right, int column) throws ConditionException {
    boolean ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
    if (this != UNKNOWN && right != UNKNOWN && this != right) {
      throw new ConditionException(
          ModelError.CONDITION_TYPE,
          column,
          "the left side is " + words + " and the right side is " + right.words,
          "Compare numbers with DOUBLE(…) or INTEGER(…), texts with STRING(…), truth values with"
              + " BOOLEAN(…).");
    }
    if (ordered && (this == TRUTH || right == TRUTH)) {
      throw new ConditionException(
          ModelError.CONDITION_TYPE,
          column,
          "true and false have no order, so " + operator.symbol() + " cannot compare them",
          "Write == or !=.");
    }
  }
}
