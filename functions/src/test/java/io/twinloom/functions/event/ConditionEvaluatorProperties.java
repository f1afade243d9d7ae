package io.twinloom.functions.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Condition;
import io.twinloom.model.Condition.AllOf;
import io.twinloom.model.Condition.AnyOf;
import io.twinloom.model.Condition.Comparison;
import io.twinloom.model.Condition.NumberConstant;
import io.twinloom.model.Condition.Operator;
import io.twinloom.model.Condition.Path;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Conditions on events, against arithmetic and logic done in the most naive way. */
class ConditionEvaluatorProperties {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @Property
  void numbersCompareAsTheirExactValues(
      @ForAll("numbers") String left, @ForAll("numbers") String right, @ForAll Operator operator) {
    int order = new BigDecimal(left).compareTo(new BigDecimal(right));
    boolean expected =
        switch (operator) {
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
        };
    JsonObject event =
        JsonObject.builder().put("a", new JsonNumber(left)).put("b", new JsonNumber(right)).build();
    assertThat(
            ConditionEvaluator.evaluate(new Comparison(path("a"), operator, path("b")), event)
                .truth())
        .isEqualTo(Truth.of(expected));
    Condition constant =
        new Comparison(path("a"), operator, new NumberConstant(new BigDecimal(right)));
    assertThat(ConditionEvaluator.evaluate(constant, event).truth()).isEqualTo(Truth.of(expected));
  }

  @Property
  void aNumberEqualsItselfInEveryNotation(
      @ForAll("numbers") String number, @ForAll("shifts") int by) {
    BigDecimal value = new BigDecimal(number);
    String other =
        value.unscaledValue().multiply(BigInteger.TEN.pow(by)) + "e" + (-value.scale() - by);
    assertThat(ExactNumber.of(number)).isEqualTo(ExactNumber.of(other));
  }

  @Property
  void itIsWhatTrialOfEveryValueOfTheUnknownSays(
      @ForAll("conditions") Condition condition, @ForAll("events") JsonObject event) {
    Truth truth = ConditionEvaluator.evaluate(condition, event).truth();
    // What is known stays so, whatever the lacking properties turn out to be.
    if (truth != Truth.UNKNOWN) {
      for (JsonObject completed : completions(event)) {
        assertThat(ConditionEvaluator.evaluate(condition, completed).truth()).isEqualTo(truth);
      }
    }
  }

  @Property
  void anEventThatLacksNothingLeavesNothingUnknown(
      @ForAll("conditions") Condition condition, @ForAll("events") JsonObject event) {
    for (JsonObject completed : completions(event)) {
      assertThat(ConditionEvaluator.evaluate(condition, completed).truth())
          .isNotEqualTo(Truth.UNKNOWN);
      assertThat(ConditionEvaluator.evaluate(condition, completed).skipped()).isEmpty();
    }
  }

  @Property
  void theContraryOfAConditionHoldsExactlyWhereItDoesNot(
      @ForAll("conditions") Condition condition, @ForAll("events") JsonObject event) {
    Truth contrary =
        switch (ConditionEvaluator.evaluate(condition, event).truth()) {
          case TRUE -> Truth.FALSE;
          case FALSE -> Truth.TRUE;
          case UNKNOWN -> Truth.UNKNOWN;
        };
    assertThat(ConditionEvaluator.evaluate(contrary(condition), event).truth()).isEqualTo(contrary);
  }

  @Property
  void theOrderOfThePartsDoesNotMatter(
      @ForAll("conditions") Condition one,
      @ForAll("conditions") Condition other,
      @ForAll("events") JsonObject event) {
    for (boolean any : new boolean[] {true, false}) {
      assertThat(ConditionEvaluator.evaluate(joined(any, List.of(one, other)), event).truth())
          .isEqualTo(ConditionEvaluator.evaluate(joined(any, List.of(other, one)), event).truth());
    }
  }

  @Property
  void anUnknownPartMattersOnlyWhereTheResultDependsOnIt(
      @ForAll("conditions") Condition one, @ForAll("events") JsonObject event) {
    Condition unknown = new Comparison(path("nowhere"), Operator.EQUAL, path("nowhere"));
    Truth truth = ConditionEvaluator.evaluate(one, event).truth();
    assertThat(ConditionEvaluator.evaluate(joined(true, List.of(one, unknown)), event).truth())
        .isEqualTo(truth == Truth.TRUE ? Truth.TRUE : Truth.UNKNOWN);
    assertThat(ConditionEvaluator.evaluate(joined(false, List.of(one, unknown)), event).truth())
        .isEqualTo(truth == Truth.FALSE ? Truth.FALSE : Truth.UNKNOWN);
  }

  @Property
  void textsAreOrderedByTheirCodePoints(
      @ForAll("texts") String left, @ForAll("texts") String right) {
    int[] l = left.codePoints().toArray();
    int[] r = right.codePoints().toArray();
    boolean less = java.util.Arrays.compare(l, r) < 0;
    JsonObject event = JsonObject.builder().put("a", left).put("b", right).build();
    assertThat(
            ConditionEvaluator.evaluate(new Comparison(path("a"), Operator.LESS, path("b")), event)
                .truth())
        .isEqualTo(Truth.of(less));
  }

  @Property
  void numberAndTextNeverCompare(
      @ForAll("numbers") String number, @ForAll("texts") String text, @ForAll Operator operator) {
    JsonObject event =
        JsonObject.builder()
            .put("a", new JsonNumber(number))
            .put("b", new JsonString(text))
            .build();
    ConditionEvaluator.Evaluation evaluation =
        ConditionEvaluator.evaluate(new Comparison(path("a"), operator, path("b")), event);
    assertThat(evaluation.truth()).isEqualTo(Truth.UNKNOWN);
    assertThat(evaluation.skipped()).singleElement().matches(skipped -> !skipped.lacking());
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> written =
        Combinators.combine(
                Arbitraries.of("", "-"),
                Arbitraries.of(
                    "0", "1", "10", "9007199254740993", "123456789012345678901234567890"),
                Arbitraries.of("", ".0", ".1", ".10", ".000000000000000000000000000001"),
                Arbitraries.of("", "e0", "E2", "e-2", "e+30", "e-30"))
            .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    return Arbitraries.oneOf(written, Arbitraries.bigDecimals().map(BigDecimal::toString), written);
  }

  @Provide
  Arbitrary<Integer> shifts() {
    return Arbitraries.integers().between(0, 40);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "\ue000", "\uffff", "\ud83d\ude00", "\ud83d\ude01", "传")
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Condition> conditions() {
    Arbitrary<Condition> comparisons =
        Combinators.combine(
                Arbitraries.of(NAMES),
                Arbitraries.of(Operator.values()),
                Arbitraries.integers().between(0, 2))
            .as(
                (name, operator, value) ->
                    new Comparison(
                        path(name), operator, new NumberConstant(BigDecimal.valueOf(value))));
    Arbitrary<Condition> all =
        comparisons.list().ofMinSize(1).ofMaxSize(3).map(parts -> joined(false, parts));
    return all.list().ofMinSize(1).ofMaxSize(3).map(parts -> joined(true, parts));
  }

  @Provide
  Arbitrary<JsonObject> events() {
    Arbitrary<JsonValue> values =
        Arbitraries.of(JsonNumber.of(0), new JsonNumber("1.0"), JsonNumber.of(2), JsonNull.NULL);
    return Arbitraries.maps(Arbitraries.of(NAMES), values)
        .ofMaxSize(3)
        .map(m -> JsonObject.of(new LinkedHashMap<>(m)));
  }

  /** The event with each of the values that matter in place of each property that it lacks. */
  private static List<JsonObject> completions(JsonObject event) {
    List<Map<String, JsonValue>> all = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (String name : NAMES) {
      JsonValue own = event.get(name);
      List<JsonValue> values =
          own == null || own instanceof JsonNull
              ? List.of(
                  JsonNumber.of(-1),
                  JsonNumber.of(0),
                  JsonNumber.of(1),
                  JsonNumber.of(2),
                  JsonNumber.of(3))
              : List.of(own);
      List<Map<String, JsonValue>> longer = new ArrayList<>();
      for (Map<String, JsonValue> before : all) {
        for (JsonValue value : values) {
          Map<String, JsonValue> with = new LinkedHashMap<>(before);
          with.put(name, value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all.stream().map(JsonObject::of).toList();
  }

  /** By De Morgan's laws. */
  private static Condition contrary(Condition condition) {
    return switch (condition) {
      case AnyOf any ->
          joined(false, any.parts().stream().map(ConditionEvaluatorProperties::contrary).toList());
      case AllOf all ->
          joined(true, all.parts().stream().map(ConditionEvaluatorProperties::contrary).toList());
      case Comparison c -> new Comparison(c.left(), contrary(c.operator()), c.right());
    };
  }

  private static Operator contrary(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Operator.GREATER;
      case GREATER -> Operator.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Operator.LESS;
      case EQUAL -> Operator.NOT_EQUAL;
      case NOT_EQUAL -> Operator.EQUAL;
    };
  }

  private static Condition joined(boolean any, List<Condition> parts) {
    return parts.size() == 1 ? parts.getFirst() : any ? new AnyOf(parts) : new AllOf(parts);
  }

  private static Path path(String property) {
    return new Path("hall.press", property, "press-1");
  }
}
