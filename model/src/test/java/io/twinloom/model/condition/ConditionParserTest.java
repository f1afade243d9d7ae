package io.twinloom.model.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.model.Condition;
import io.twinloom.model.Condition.AllOf;
import io.twinloom.model.Condition.AnyOf;
import io.twinloom.model.Condition.BooleanConstant;
import io.twinloom.model.Condition.Comparison;
import io.twinloom.model.Condition.NumberConstant;
import io.twinloom.model.Condition.Operator;
import io.twinloom.model.Condition.Path;
import io.twinloom.model.Condition.TextConstant;
import io.twinloom.model.condition.PathResolver.OfDevice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionParserTest {

  /** Every path belongs to one device, of whose properties no type is known. */
  private static final PathResolver ANY =
      (component, property) -> new OfDevice("device", Optional.empty());

  private static final Path PATH = new Path("room.sensor", "value", "device");

  private static Condition parse(String text) throws ConditionException {
    return ConditionParser.parse(text, ANY).condition();
  }

  private static Condition comparedWith(String constant) throws ConditionException {
    return parse("room.sensor.value == " + constant);
  }

  private static Comparison equal(Condition.Operand right) {
    return new Comparison(PATH, Operator.EQUAL, right);
  }

  private static ConditionException failure(String text) {
    return catchThrowableOfType(ConditionException.class, () -> parse(text));
  }

  @Test
  void everyComparisonIsUnderstoodWithAndWithoutBlanks() throws ConditionException {
    for (Operator operator : Operator.values()) {
      Comparison expected =
          new Comparison(PATH, operator, new NumberConstant(new BigDecimal("30.5")));
      assertThat(parse("room.sensor.value " + operator.symbol() + " DOUBLE(30.5)"))
          .isEqualTo(expected);
      assertThat(parse("\troom.sensor.value" + operator.symbol() + "DOUBLE( 30.5 )\n"))
          .isEqualTo(expected);
    }
  }

  @Test
  void aConstantMayStandOnTheLeft() throws ConditionException {
    assertThat(parse("INTEGER(3) < room.sensor.value"))
        .isEqualTo(new Comparison(new NumberConstant(new BigDecimal("3")), Operator.LESS, PATH));
  }

  @Test
  void aDoubleWithADotIsAConstantAndNoPath() throws ConditionException {
    assertThat(comparedWith("DOUBLE(29.5)"))
        .isEqualTo(equal(new NumberConstant(new BigDecimal("29.5"))));
  }

  @Test
  void numbersMayHaveSignAndExponent() throws ConditionException {
    assertThat(comparedWith("DOUBLE(-1.5e-3)"))
        .isEqualTo(equal(new NumberConstant(new BigDecimal("-1.5e-3"))));
    assertThat(comparedWith("INTEGER(+7)"))
        .isEqualTo(equal(new NumberConstant(new BigDecimal("7"))));
  }

  @Test
  void aTextGoesToTheParenthesisThatClosesIt() throws ConditionException {
    assertThat(comparedWith("STRING(a (b) && c == d)"))
        .isEqualTo(equal(new TextConstant("a (b) && c == d")));
    assertThat(comparedWith("STRING( )")).isEqualTo(equal(new TextConstant(" ")));
    assertThat(comparedWith("STRING()")).isEqualTo(equal(new TextConstant("")));
  }

  @Test
  void aBackslashInATextEscapes() throws ConditionException {
    assertThat(comparedWith("STRING(\\) \\( \\\\ \\n)"))
        .isEqualTo(equal(new TextConstant(") ( \\ n")));
  }

  @Test
  void truthValuesAreConstants() throws ConditionException {
    assertThat(comparedWith("BOOLEAN(true)")).isEqualTo(equal(new BooleanConstant(true)));
    assertThat(comparedWith("BOOLEAN(false)")).isEqualTo(equal(new BooleanConstant(false)));
  }

  @Test
  void andBindsTighterThanOr() throws ConditionException {
    Comparison one = equal(new NumberConstant(BigDecimal.ONE));
    String text = "room.sensor.value == INTEGER(1)";

    assertThat(parse(text + " || " + text + " && " + text + "||" + text))
        .isEqualTo(new AnyOf(List.of(one, new AllOf(List.of(one, one)), one)));
  }

  @Test
  void idsOfAnyLettersMakeAPath() throws ConditionException {
    assertThat(parse("Halle-2.Öfen.müde.wärme > INTEGER(1)"))
        .isEqualTo(
            new Comparison(
                new Path("Halle-2.Öfen.müde", "wärme", "device"),
                Operator.GREATER,
                new NumberConstant(BigDecimal.ONE)));
  }

  @Test
  void anErrorHasTheColumnAtWhichItStands() {
    assertThat(failure("").column()).isEqualTo(1);
    assertThat(failure("a.b.c").column()).isEqualTo(6);
    assertThat(failure("a.b.c > ").column()).isEqualTo(9);
    assertThat(failure("a.b.c ! DOUBLE(1)").column()).isEqualTo(7);
    assertThat(failure("a.b.c > DOUBLE(1,5)").column()).isEqualTo(16);
    assertThat(failure("a.b.c > DOUBLE(1").column()).isEqualTo(15);
    assertThat(failure("a.b.c > STRING(x\\)").column()).isEqualTo(15);
    assertThat(failure("a.b.c > INTEGER(1.5)").column()).isEqualTo(17);
    assertThat(failure("a.b.c > INTEGER(1) &&").column()).isEqualTo(22);
    assertThat(failure("a.b.c > INTEGER(1) & b").column()).isEqualTo(20);
    assertThat(failure("a.b.c > INTEGER(1) b.c.d").column()).isEqualTo(20);
    assertThat(failure("a.b.c => INTEGER(1)").column()).isEqualTo(7);
    assertThat(failure("a. > INTEGER(1)").column()).isEqualTo(1);
    assertThat(failure("a.b.c > INTEGER(1))").column()).isEqualTo(19);
  }

  @Test
  void constantsWithoutTypeAreShownWithIt() {
    assertThat(failure("a.b.c > 29.5").fix()).isEqualTo("Write DOUBLE(29.5).");
    assertThat(failure("a.b.c > 30").fix()).isEqualTo("Write INTEGER(30).");
    assertThat(failure("a.b.c == true").fix()).isEqualTo("Write BOOLEAN(true).");
    assertThat(failure("a.b.c == 'x'").fix()).contains("STRING(");
  }

  @Test
  void anAbsurdNumberIsNone() {
    assertThat(failure("a.b.c > DOUBLE(1e99999)").code()).isEqualTo("TL-CONDITION-SYNTAX");
    assertThat(failure("a.b.c > DOUBLE(" + "1".repeat(65) + ")").what()).contains("not a number");
    assertThat(failure("a.b.c > DOUBLE(٣)").what()).contains("not a number");
  }

  @Test
  void aConditionWithoutEndIsRefused() {
    assertThat(failure("a.b.c > INTEGER(1) && ".repeat(500)).what()).contains("10000 characters");
  }

  @Test
  void aPropertyOfUnknownTypeComparesWithAnything() throws ConditionException {
    assertThat(parse("a.b.c > DOUBLE(1) && a.b.c == STRING(x)")).isInstanceOf(AllOf.class);
  }
}
