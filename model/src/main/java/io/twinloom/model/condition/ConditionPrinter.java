package io.twinloom.model.condition;

import io.twinloom.model.Condition;
import io.twinloom.model.Condition.AllOf;
import io.twinloom.model.Condition.AnyOf;
import io.twinloom.model.Condition.BooleanConstant;
import io.twinloom.model.Condition.Comparison;
import io.twinloom.model.Condition.NumberConstant;
import io.twinloom.model.Condition.Operand;
import io.twinloom.model.Condition.Path;
import io.twinloom.model.Condition.TextConstant;
import java.util.List;

/** Conditions as text that parses to the same again. */
public final class ConditionPrinter {

  private ConditionPrinter() {}

  public static String print(Condition condition) {
    return switch (condition) {
      case AnyOf any -> joined(any.parts(), " || ");
      case AllOf all -> joined(all.parts(), " && ");
      case Comparison comparison ->
          print(comparison.left())
              + " "
              + comparison.operator().symbol()
              + " "
              + print(comparison.right());
    };
  }

  /** One side of a comparison. */
  public static String print(Operand operand) {
    return switch (operand) {
      case Path path -> path.component() + "." + path.property();
      case NumberConstant number ->
          (number.value().scale() == 0 ? "INTEGER(" : "DOUBLE(") + number.value() + ")";
      case TextConstant text -> "STRING(" + escaped(text.value()) + ")";
      case BooleanConstant truth -> "BOOLEAN(" + truth.value() + ")";
    };
  }

  private static String joined(List<Condition> parts, String by) {
    StringBuilder text = new StringBuilder();
    for (Condition part : parts) {
      text.append(text.isEmpty() ? "" : by).append(print(part));
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
  }
}
