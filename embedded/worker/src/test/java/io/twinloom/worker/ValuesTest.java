package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest extends UserCodeFixture {
  @Test
  void javaGetsTheTypesThatItsInterfacePromises() {
    project.java(
        "types",
        """
        Map<String, Object> types = new LinkedHashMap<>();
        event.forEach((name, value) -> types.put(
            name, value == null ? "null" : value.getClass().getSimpleName() + " " + value));
        return types;
        """);

    assertThat(
            project
                .call(
                    "types",
                    """
                    {"a":1,"b":-9223372036854775808,"c":9223372036854775808,"d":1.5,"e":1.0,"f":1e3,
                     "g":0.1234567890123456789,"h":1e400,"i":0.1,"j":123456789.123456789,
                     "k":"x","l":null,"m":true,"n":1e-400,"o":5e-324}
                    """)
                .toString())
        .isEqualTo(
            "{\"a\":\"Long 1\",\"b\":\"Long -9223372036854775808\","
                + "\"c\":\"BigInteger 9223372036854775808\",\"d\":\"Double 1.5\","
                + "\"e\":\"Double 1.0\",\"f\":\"Double 1000.0\","
                + "\"g\":\"BigDecimal 0.1234567890123456789\",\"h\":\"BigDecimal 1E+400\","
                + "\"i\":\"Double 0.1\",\"j\":\"BigDecimal 123456789.123456789\","
                + "\"k\":\"String x\",\"l\":\"null\",\"m\":\"Boolean true\","
                + "\"n\":\"BigDecimal 1E-400\",\"o\":\"BigDecimal 5E-324\"}");
  }

  @Test
  void whatJavaReturnsIsWrittenAsJson() {
    project.java(
        "values",
        """
        Map<String, Object> v = new LinkedHashMap<>();
        v.put("int", 1);
        v.put("float", 1.5f);
        v.put("short", (short) 2);
        v.put("big", new java.math.BigDecimal("1.10"));
        v.put("list", Arrays.asList(1L, null, "x", List.of()));
        v.put("array", new String[] {"a"});
        v.put("ints", new int[] {1, 2});
        v.put("more", new Object[] {new double[] {1.5}, new boolean[] {true}, new byte[] {-1}});
        v.put("char", 'c');
        v.put("map", Map.of("k", true));
        v.put("enum", Thread.State.NEW);
        v.put("event", event);
        return v;
        """);

    assertThat(project.call("values", "{\"v\":0.1234567890123456789}").toString())
        .isEqualTo(
            "{\"int\":1,\"float\":1.5,\"short\":2,\"big\":1.10,\"list\":[1,null,\"x\",[]],"
                + "\"array\":[\"a\"],\"ints\":[1,2],\"more\":[[1.5],[true],[-1]],\"char\":\"c\",\"map\":{\"k\":true},\"enum\":\"NEW\","
                + "\"event\":{\"v\":0.1234567890123456789}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return null; | it returned nothing, not an object
          event.put("v", Double.NaN); return event; | 'v' of what it returned is NaN, which JSON has no number for
          event.put("a", List.of(Map.of("b", 1f / 0))); return event; | 'a[0].b' of what it returned is Infinity, which JSON has no number for
          event.put("d", new Date(0)); return event; | 'd' of what it returned is a java.util.Date, which JSON has no form for
          Map m = new HashMap(); m.put(1, 2); return m; | what it returned has the key 1, which is not a String
          event.put("\\ud83d", 1); return event; | what it returned has a key with half of a surrogate pair: '\\ud83d'
          event.put("a", Map.of("k\\udc00", 1)); return event; | 'a' of what it returned has a key with half of a surrogate pair: 'k\\udc00'
          event.put("v", List.of("x\\ud83dy")); return event; | 'v[0]' of what it returned has half of a surrogate pair
          event.put("me", event); return event; | what it returned is nested deeper than 200, or holds itself
          event.put("x", "x".repeat(70_000)); return event; | it returned more than 65536 bytes
          """)
  void whatIsNoJsonFailsTheEventAndSaysWhere(String java, String message) {
    project.java("wrong", java);

    assertThat(
            catchThrowableOfType(WorkerException.class, () -> project.call("wrong", "{}"))
                .getMessage())
        .isEqualTo(message);
  }

  @Test
  void pythonKeepsWholeNumbersOfAnySizeAndDoubles() {
    project.python("same", "def process(event):\n    return event\n");
    String event =
        "{\"a\":1,\"b\":123456789012345678901234567890,\"c\":1.5,\"d\":1.0,\"e\":null,\"f\":[true,\"é\"],"
            + "\"g\":"
            + "7".repeat(6_000)
            + "}";

    assertThat(project.call("same", event).toString()).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource({"PYTHON_PROCESS,process(event)", "PYTHON_LAMBDA,'lambda_handler(event, context)'"})
  @DisplayName("user code returns Decimal, NaN, an array or half a surrogate pair")
  void aDecimalKeepsItsDigits(String form, String signature) {
    project.python(
        "f",
        form,
        """
        from decimal import Decimal
        def %s:
            return {"v": Decimal("21.50"), "w": [Decimal("1E+2"), Decimal("-0.000000001")], "t": "21.50", "e": "😀"}
        """
            .formatted(signature));

    assertThat(project.call("f", "{}").toString())
        .isEqualTo("{\"v\":21.50,\"w\":[1E+2,-1E-9],\"t\":\"21.50\",\"e\":\"😀\"}");
  }

  @Test
  void aNumberOfTheEventThatNoFloatHoldsIsSaidToBeTheEvents() {
    project.python("same", "def process(event):\n    return event\n");

    assertThat(
            catchThrowableOfType(WorkerException.class, () -> project.call("same", "{\"t\":1e400}"))
                .getMessage())
        .isEqualTo(
            "'t' of what it returned is inf, which JSON has no number for: the event has a number"
                + " that is too large for a float");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return None | it returned nothing, not a dict
          return [event] | it returned a list, not a dict
          return {"a": [1, {"b": float("nan")}]} | 'a[1].b' of what it returned is nan, which JSON has no number for
          return {"s": {1, 2}} | 's' of what it returned is a set, which JSON has no form for
          return {(1, 2): 3} | what it returned has the key (1, 2), which is not a text
          return {"\\ud83d": 1} | what it returned has a key with half of a surrogate pair: '\\ud83d'
          return {"a": {"k\\udc00": 1}} | 'a' of what it returned has a key with half of a surrogate pair: 'k\\udc00'
          return {"v": ["x\\ud83dy"]} | 'v[0]' of what it returned has half of a surrogate pair
          import datetime; return {"d": datetime.date(2026, 1, 1)} | 'd' of what it returned is a datetime.date, which JSON has no form for
          import decimal; return {"d": decimal.Decimal("NaN")} | 'd' of what it returned is NaN, which JSON has no number for
          event["me"] = event; return event | what it returned is nested deeper than 200, or holds itself
          return {"x": "x" * 70000} | it returned more than 65536 bytes
          """)
  void whatIsNoJsonInPythonFailsTheEventAndSaysWhere(String python, String message) {
    project.python("wrong", "def process(event):\n    " + python + "\n");

    assertThat(
            catchThrowableOfType(WorkerException.class, () -> project.call("wrong", "{}"))
                .getMessage())
        .isEqualTo(message);
  }
}
