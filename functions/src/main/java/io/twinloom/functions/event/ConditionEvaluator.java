package io.twinloom.functions.event;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
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
import io.twinloom.model.condition.ConditionPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates a condition on an event. Numbers compare exactly, whatever their notation; texts by
 * their Unicode code points. Used by one thread.
 */
final class ConditionEvaluator {

  /**
   * The result.
   *
   * @param skipped the comparisons that could not be made
   */
  record Evaluation(Truth truth, List<SkippedComparison> skipped) {
    Evaluation {
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * A comparison that could not be made.
   *
   * @param lacking whether the event lacks a property, which is usual; else it has values that do
   *     not compare
   * @param what why, for people, without a value
   */
  record SkippedComparison(boolean lacking, String what) {}

  private final JsonObject event;
  private final List<SkippedComparison> skipped = new ArrayList<>(0);

  private ConditionEvaluator(JsonObject event) {
    this.event = event;
  }

  static Evaluation evaluate(Condition condition, JsonObject event) {
    ConditionEvaluator evaluator = new ConditionEvaluator(event);
    return new Evaluation(evaluator.truth(condition), evaluator.skipped);
  }

  private Truth truth(Condition condition) {
    return switch (condition) {
      case AnyOf any -> Truth.any(any.parts().stream().map(this::truth).toList());
      case AllOf all -> Truth.all(all.parts().stream().map(this::truth).toList());
      case Comparison comparison -> compared(comparison);
    };
  }

  private Truth compared(Comparison comparison) {
    Optional<JsonValue> left = value(comparison.left());
    Optional<JsonValue> right = value(comparison.right());
    if (left.isEmpty() || right.isEmpty()) {
      return lacks(left.isEmpty() ? comparison.left() : comparison.right());
    }
    Operator operator = comparison.operator();
    return switch (left.get()) {
      case JsonNumber l when right.get() instanceof JsonNumber r -> numbers(comparison, l, r);
      case JsonString l when right.get() instanceof JsonString r ->
          Truth.of(holds(operator, codePoints(l.value(), r.value())));
      case JsonBoolean l when right.get() instanceof JsonBoolean r && !isOrdered(operator) ->
          Truth.of(l.equals(r) == (operator == Operator.EQUAL));
      default -> skip(comparison, left.get(), right.get());
    };
  }

  private Optional<JsonValue> value(Operand operand) {
    return switch (operand) {
      case Path path ->
          Optional.ofNullable(event.get(path.property())).filter(v -> !(v instanceof JsonNull));
      case NumberConstant number -> Optional.of(new JsonNumber(number.value().toString()));
      case TextConstant text -> Optional.of(new JsonString(text.value()));
      case BooleanConstant truth -> Optional.of(JsonBoolean.of(truth.value()));
    };
  }

  private Truth numbers(Comparison comparison, JsonNumber left, JsonNumber right) {
    Optional<ExactNumber> l = ExactNumber.of(left.text());
    Optional<ExactNumber> r = ExactNumber.of(right.text());
    return l.isEmpty() || r.isEmpty()
        ? skip(comparison, left, right)
        : Truth.of(holds(comparison.operator(), l.get().compareTo(r.get())));
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
    };
  }

  private static boolean isOrdered(Operator operator) {
    return operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
  }

  /** {@code String.compareTo} would put what is beyond 16 bits before some of what is not. */
  private static int codePoints(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        boolean inside = i > 0 && Character.isHighSurrogate(left.charAt(i - 1));
        int at = inside ? i - 1 : i;
        return Integer.compare(left.codePointAt(at), right.codePointAt(at));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private Truth lacks(Operand operand) {
    skipped.add(new SkippedComparison(true, "the event has no " + ConditionPrinter.print(operand)));
    return Truth.UNKNOWN;
  }

  private Truth skip(Comparison comparison, JsonValue left, JsonValue right) {
    skipped.add(
        new SkippedComparison(
            false,
            ConditionPrinter.print(comparison.left())
                + " is "
                + left.kind()
                + " and "
                + ConditionPrinter.print(comparison.right())
                + " is "
                + right.kind()
                + ", which "
                + comparison.operator().symbol()
                + " cannot compare"));
    return Truth.UNKNOWN;
  }
}
