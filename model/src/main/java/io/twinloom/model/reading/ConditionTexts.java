package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Condition;
import io.twinloom.model.Condition.AllOf;
import io.twinloom.model.Condition.AnyOf;
import io.twinloom.model.Condition.Comparison;
import io.twinloom.model.Condition.Operand;
import io.twinloom.model.Condition.TextConstant;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Printable;

/** Texts in conditions that compare otherwise than they look. */
final class ConditionTexts {
  private static final String QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb";

  private ConditionTexts() {}

  static void warn(Condition condition, Located at, ProblemCollector problems) {
    switch (condition) {
      case AnyOf any -> any.parts().forEach(part -> warn(part, at, problems));
      case AllOf all -> all.parts().forEach(part -> warn(part, at, problems));
      case Comparison comparison -> {
        warn(comparison.left(), at, problems);
        warn(comparison.right(), at, problems);
      }
    }
  }

  private static void warn(Operand side, Located at, ProblemCollector problems) {
    if (!(side instanceof TextConstant constant)) {
      return;
    }
    String text = constant.value();
    if (text.length() > 1
        && QUOTES.indexOf(text.charAt(0)) >= 0
        && QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0) {
      problems.warning(
          ModelError.CONDITION_TEXT,
          at,
          "STRING("
              + Printable.cut(text, Printable.MAX_QUOTED)
              + ") compares with the quotation marks, which belong to the text.",
          "Write STRING("
              + Printable.cut(text.substring(1, text.length() - 1), Printable.MAX_QUOTED)
              + ") unless the device sends them too.");
    }
    text.codePoints()
        .filter(c -> !Printable.isVisible(c))
        .findFirst()
        .ifPresent(
            c ->
                problems.warning(
                    ModelError.CONDITION_TEXT,
                    at,
                    "STRING("
                        + Printable.cut(text, Printable.MAX_QUOTED)
                        + ") holds "
                        + Printable.named(c)
                        + ".",
                    "Replace it, unless the device sends it too."));
  }
}
