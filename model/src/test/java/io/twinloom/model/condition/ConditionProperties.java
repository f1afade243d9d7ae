package io.twinloom.model.condition;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.twinloom.model.condition.PathResolver.OfDevice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConditionProperties {
  private static final PathResolver ANY =
      (component, property) -> new OfDevice("device", Optional.empty());

  @Property(tries = 200)
  void whatIsPrintedParsesToTheSame(@ForAll("conditions") Condition condition)
      throws ConditionException {
    String text = ConditionPrinter.print(condition);

    assertThat(ConditionParser.parse(text, ANY).condition()).as(text).isEqualTo(condition);
  }

  @Property(tries = 500)
  void anyTextIsAConditionOrAnErrorInsideIt(@ForAll("texts") String text) {
    try {
      ConditionParser.parse(text, ANY);
    } catch (ConditionException e) {
      assertThat(e.column()).isBetween(1, text.length() + 1);
      assertThat(e.what()).isNotBlank();
      assertThat(e.fix()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a.b.c",
            "DOUBLE(",
            "STRING(",
            "INTEGER(3)",
            "BOOLEAN(true)",
            ")",
            "(",
            "\\",
            "&&",
            "||",
            "<",
            "=",
            "!",
            ">",
            " ",
            ".",
            "30",
            "\u0000",
            "ü",
            "\uD83D");
    Arbitrary<String> built = pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    return Arbitraries.oneOf(List.of(built, Arbitraries.strings().ofMaxLength(40)));
  }

  @Provide
  Arbitrary<Condition> conditions() {
    Arbitrary<Operand> path =
        Combinators.combine(words(), words(), words())
            .as(
                (entity, component, property) ->
                    new Path(entity + "." + component, property, "device"));
    Arbitrary<Operand> number =
        Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-30, 30))
            .as((digits, scale) -> new NumberConstant(BigDecimal.valueOf(digits, scale)));
    Arbitrary<Operand> text = Arbitraries.strings().ofMaxLength(20).map(TextConstant::new);
    Arbitrary<Operand> truth = Arbitraries.of(true, false).map(BooleanConstant::new);
    Arbitrary<Condition> ordered =
        Combinators.combine(
                path,
                Arbitraries.of(Operator.class),
                Arbitraries.oneOf(List.of(path, number, text)))
            .as(Comparison::new);
    Arbitrary<Condition> equal =
        Combinators.combine(truth, Arbitraries.of(Operator.EQUAL, Operator.NOT_EQUAL), path)
            .as(Comparison::new);
    Arbitrary<Condition> comparison = Arbitraries.oneOf(List.of(ordered, equal));
    Arbitrary<Condition> all = comparison.list().ofMinSize(2).ofMaxSize(3).map(AllOf::new);
    Arbitrary<Condition> part = Arbitraries.oneOf(List.of(comparison, all));
    Arbitrary<Condition> any = part.list().ofMinSize(2).ofMaxSize(3).map(AnyOf::new);
    return Arbitraries.oneOf(List.of(comparison, all, any));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("-_09äß")
        .ofMinLength(1)
        .ofMaxLength(8);
  }
}
