package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.in;
import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadEventsTest {
  private static final String EVENTS = "config_events.json";
  private static final String FIRST = "hall.oven.temperature > DOUBLE(200.5)";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"rules", "conditions", "actions", "feedback"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> rules() {
    return Stream.of(
        of("the rules are an object", good().with(EVENTS, "{}").without("event_actions"))
            .error("TL-VALUE-TYPE", EVENTS, 1, ""),
        of("a rule is a text", good().with(EVENTS, "[\n\"a > b\"]").without("event_actions"))
            .error("TL-VALUE-TYPE", EVENTS, 2, "/0"),
        in("a rule has no condition", EVENTS, "    \"condition\": \"" + FIRST + "\",\n", "")
            .error("TL-KEY-MISSING", EVENTS, 2, "/0/condition"),
        of(
                "a rule has no action",
                good()
                    .with(EVENTS, "[{\"condition\": \"" + FIRST + "\"}]")
                    .without("event_actions"))
            .error("TL-KEY-MISSING", EVENTS, 1, "/0/action"),
        in(
                "a rule has an unknown key",
                EVENTS,
                "    \"condition\": \"" + FIRST + "\",",
                "    \"condition\": \"" + FIRST + "\",\n    \"conditions\": 1,")
            .warning("TL-KEY-UNKNOWN", EVENTS, 4, "/0/conditions"));
  }

  static Stream<Mistake> conditions() {
    return Stream.of(
        condition("hall.oven.temperature >", "TL-CONDITION-SYNTAX").saying("column 24", "the end"),
        condition("hall.oven.temperature = DOUBLE(1)", "TL-CONDITION-SYNTAX").saying("Write =="),
        condition("hall.oven.temperature >= 30", "TL-CONDITION-SYNTAX")
            .saying("column 26", "Write INTEGER(30)."),
        condition("hall.oven.temperature > double(1)", "TL-CONDITION-SYNTAX").saying("column 25"),
        condition("hall.oven.temperature > DOUBLE(x)", "TL-CONDITION-SYNTAX").saying("column 32"),
        condition("hall.ofen.temperature > DOUBLE(1)", "TL-CONDITION-PATH")
            .saying("column 1", "Did you mean \"hall.oven\"?"),
        condition("oven > DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("neither a path nor a constant"),
        condition("DOUBLE(2) > DOUBLE(1)", "TL-CONDITION-NO-PATH").saying("only constants"),
        condition(
                "hall.oven.temperature > DOUBLE(1) && hall.belt-1.speed > INTEGER(1)",
                "TL-CONDITION-DEVICES")
            .saying("column 38", "oven-1 and belt-1"),
        condition("hall.oven.temperature == STRING(hot)", "TL-CONDITION-TYPE")
            .saying("a number", "a text"),
        condition("hall.oven.serial > DOUBLE(1)", "TL-CONDITION-TYPE").saying("column 18"),
        condition("hall.oven.door > BOOLEAN(true)", "TL-CONDITION-TYPE").saying("have no order"),
        condition("(hall.oven.temperature > DOUBLE(1))", "TL-CONDITION-SYNTAX")
            .saying("no parentheses"),
        condition(
                "hall.oven.temperature > DOUBLE(1) and hall.oven.door == BOOLEAN(true)",
                "TL-CONDITION-SYNTAX")
            .saying("column 35", "not \"and\""),
        in(
                "a condition is of a property that code may add",
                EVENTS,
                FIRST,
                "hall.oven.heat > DOUBLE(1)")
            .warning("TL-CONDITION-PROPERTY", EVENTS, 3, "/0/condition"),
        of(
                "a condition is of a property that nothing adds",
                good()
                    .change(EVENTS, FIRST, "hall.oven.temprature > DOUBLE(1)")
                    .without("processors"))
            .warning("TL-CONDITION-PROPERTY", EVENTS, 3, "/0/condition")
            .saying("Did you mean \"temperature\"?"),
        of(
            "a condition is of what every event has",
            good()
                .change(
                    EVENTS,
                    FIRST,
                    "hall.oven.device_id == STRING(oven-1) && hall.oven.timestamp > STRING(2026)")
                .without("processors")),
        condition("hall.oven.timestamp > DOUBLE(1)", "TL-CONDITION-TYPE").saying("a text"),
        in(
                "any entity stands before a component",
                EVENTS,
                FIRST,
                "testEntityId.oven.temperature > DOUBLE(1)")
            .warning("TL-CONDITION-PATH", EVENTS, 3, "/0/condition")
            .saying("\"testEntityId.oven\" is not a component", "the device \"oven-1\""),
        in("any entity stands before a device", EVENTS, FIRST, "a.b.oven-1.temperature > DOUBLE(1)")
            .warning("TL-CONDITION-PATH", EVENTS, 3, "/0/condition"),
        in(
                "a text has its quotation marks in it",
                EVENTS,
                FIRST,
                "hall.oven.serial == STRING(\\\"A-1\\\")")
            .warning("TL-CONDITION-TEXT", EVENTS, 3, "/0/condition")
            .saying("Write STRING(A-1)"),
        in(
                "a text holds a blank of another kind",
                EVENTS,
                FIRST,
                "hall.oven.serial == STRING(A\u00a01)")
            .warning("TL-CONDITION-TEXT", EVENTS, 3, "/0/condition")
            .saying("U+00A0 (no-break space)"),
        in(
            "blanks of any kind stand between words",
            EVENTS,
            FIRST,
            "hall.oven.temperature\u00a0>\u3000DOUBLE(1)"),
        condition("hall.oven.temperature\u200b > DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("column 22", "U+200B (zero width space)"),
        condition("\ufeffhall.oven.temperature > DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("column 1", "U+FEFF"),
        condition("hall.oven.temperature \u2265 DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("column 23", "(U+2265, greater-than or equal to)", "Write \">=\""),
        condition("hall.oven.temperature\u2265DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("column 22", "Write \">=\""),
        condition("hall.oven.temperature > DOUBLE(\u22121)", "TL-CONDITION-SYNTAX")
            .saying("U+2212, minus sign"),
        condition("hall\u2010oven.temperature > DOUBLE(1)", "TL-CONDITION-SYNTAX")
            .saying("column 5", "U+2010"),
        of(
                "a condition is of a component without a device",
                good()
                    .change(
                        "twin_hierarchy/hierarchy.json",
                        "\"children\": [],",
                        "\"children\": [{\"type\": \"component\", \"name\": \"shelf\","
                            + " \"componentTypeId\": \"shelf\"}],")
                    .change(EVENTS, FIRST, "store.shelf.height > DOUBLE(1)"))
            .error("TL-CONDITION-PATH", EVENTS, 3, "/0/condition")
            .saying("has no device"),
        of(
                "a condition could mean two components",
                good()
                    .change(
                        "twin_hierarchy/hierarchy.json",
                        "\"children\": [],",
                        "\"children\": [{\"type\": \"entity\", \"id\": \"a.b\", \"children\":"
                            + " [{\"type\": \"component\", \"name\": \"c\", \"componentTypeId\":"
                            + " \"t\"}]}, {\"type\": \"entity\", \"id\": \"a\", \"children\":"
                            + " [{\"type\": \"component\", \"name\": \"b.c\", \"componentTypeId\":"
                            + " \"t\"}]}],")
                    .change(EVENTS, FIRST, "a.b.c.height > DOUBLE(1)"))
            .error("TL-CONDITION-AMBIGUOUS", EVENTS, 3, "/0/condition"),
        of(
                "without a hierarchy a path names no device",
                good()
                    .without("twin_hierarchy")
                    .change(EVENTS, FIRST, "hall.oven1.temperature > DOUBLE(1)"))
            .error("TL-CONDITION-PATH", EVENTS, 3, "/0/condition")
            .saying("Did you mean \"oven-1\"?"),
        in("a condition is a number", EVENTS, "\"" + FIRST + "\"", "1")
            .error("TL-VALUE-TYPE", EVENTS, 3, "/0/condition"));
  }

  private static Mistake condition(String text, String code) {
    return in(text, EVENTS, FIRST, text).error(code, EVENTS, 3, "/0/condition");
  }

  static Stream<Mistake> actions() {
    return Stream.of(
        in(
                "an action is a text",
                EVENTS,
                "{\n      \"type\": \"workflow\",\n      \"functionName\":"
                    + " \"report\",\n      \"functionNameB\": \"restart\"\n    }",
                "\"report\"")
            .error("TL-VALUE-TYPE", EVENTS, 16, "/1/action")
            .warning("TL-CODE-UNUSED", "event_actions/report", 0, "")
            .warning("TL-CODE-UNUSED", "event_actions/restart", 0, ""),
        in("an action has no type", EVENTS, "      \"type\": \"function\",\n", "")
            .error("TL-KEY-MISSING", EVENTS, 4, "/0/action/type"),
        in("an action's type is unknown", EVENTS, "\"function\"", "\"lamda\"")
            .error("TL-VALUE-UNKNOWN", EVENTS, 5, "/0/action/type")
            .saying("Did you mean \"lambda\"?"),
        in("an action has no function", EVENTS, "      \"functionName\": \"alarm\",\n", "")
            .error("TL-KEY-MISSING", EVENTS, 4, "/0/action/functionName")
            .warning("TL-CODE-UNUSED", "event_actions/alarm", 0, ""),
        in("a function's name has a dot", EVENTS, "\"alarm\"", "\"alarm.v2\"")
            .error("TL-NAME-ILLEGAL", EVENTS, 6, "/0/action/functionName")
            .warning("TL-CODE-UNUSED", "event_actions/alarm", 0, ""),
        in("a function is called as the folder that all share", EVENTS, "\"alarm\"", "\"_shared\"")
            .error("TL-NAME-ILLEGAL", EVENTS, 6, "/0/action/functionName")
            .warning("TL-CODE-UNUSED", "event_actions/alarm", 0, ""),
        in("a function is called as one of the system's", EVENTS, "\"alarm\"", "\"persister\"")
            .error("TL-CODE-MISSING", EVENTS, 6, "/0/action/functionName")
            .error("TL-NAME-COLLISION", EVENTS, 6, "/0/action/functionName")
            .warning("TL-CODE-UNUSED", "event_actions/alarm", 0, ""),
        of(
                "a function is called as a device's processor",
                good()
                    .change(EVENTS, "\"alarm\"", "\"oven-1-processor\"")
                    .without("event_actions/alarm")
                    .with("event_actions/oven-1-processor/process.py", ""))
            .error("TL-NAME-COLLISION", EVENTS, 6, "/0/action/functionName")
            .saying("factory-oven-1-processor"),
        in(
                "a workflow has no second function",
                EVENTS,
                ",\n      \"functionNameB\": \"restart\"",
                "")
            .error("TL-KEY-MISSING", EVENTS, 16, "/1/action/functionNameB")
            .warning("TL-CODE-UNUSED", "event_actions/restart", 0, ""),
        in(
                "workflows are switched off",
                "config_optimization.json",
                "\"triggerNotificationWorkflow\": true",
                "\"triggerNotificationWorkflow\": false")
            .error("TL-WORKFLOW-OFF", EVENTS, 17, "/1/action/type")
            .saying("triggerNotificationWorkflow"),
        in(
                "event checking is switched off",
                "config_optimization.json",
                "\"useEventChecking\": true",
                "\"useEventChecking\": false")
            .warning("TL-EVENTS-OFF", EVENTS, 1, ""),
        of("a function has no code", good().without("event_actions/alarm"))
            .error("TL-CODE-MISSING", EVENTS, 6, "/0/action/functionName")
            .saying("event_actions/alarm/"),
        of(
                "a function that is not deployed has no code here",
                good()
                    .without("event_actions/alarm")
                    .change(
                        EVENTS,
                        "\"functionName\": \"alarm\",",
                        "\"functionName\": \"alarm\", \"autoDeploy\": false,"))
            .warning("TL-CODE-NOT-HERE", EVENTS, 6, "/0/action/functionName"),
        in(
                "autoDeploy is a text",
                EVENTS,
                "\"functionName\": \"alarm\",",
                "\"functionName\": \"alarm\", \"autoDeploy\": \"no\",")
            .error("TL-VALUE-TYPE", EVENTS, 6, "/0/action/autoDeploy"),
        in(
                "the path of the code leads out of the project",
                EVENTS,
                "\"functionName\": \"alarm\",",
                "\"functionName\": \"alarm\",\n      \"pathToCode\": \"../alarm\",")
            .error("TL-CODE-PATH", EVENTS, 7, "/0/action/pathToCode"),
        in(
                "the path of the code leads nowhere",
                EVENTS,
                "\"functionName\": \"alarm\",",
                "\"functionName\": \"alarm\",\n      \"pathToCode\": \"code/alarm\",")
            .error("TL-CODE-PATH", EVENTS, 7, "/0/action/pathToCode")
            .saying("\"code/alarm\""),
        of(
                "one function has two folders",
                good()
                    .change(EVENTS, "\"report\"", "\"alarm\"")
                    .change(
                        EVENTS,
                        "\"type\": \"workflow\",",
                        "\"type\": \"workflow\", \"pathToCode\": \"other\",")
                    .without("event_actions/report")
                    .with("other/process.py", ""))
            .error("TL-CODE-TWO-FOLDERS", EVENTS, 17, "/1/action/pathToCode"));
  }

  static Stream<Mistake> feedback() {
    return Stream.of(
        in(
                "feedback is a text",
                EVENTS,
                "{\n        \"type\": \"mqtt\",\n        \"iotDeviceId\":"
                    + " \"oven-1\",\n        \"payload\": \"cool down\"\n      }",
                "\"cool down\"")
            .error("TL-VALUE-TYPE", EVENTS, 7, "/0/action/feedback"),
        in("feedback has another type", EVENTS, "\"mqtt\"", "\"amqp\"")
            .error("TL-VALUE-UNKNOWN", EVENTS, 8, "/0/action/feedback/type"),
        in(
                "feedback goes to an unknown device",
                EVENTS,
                "\"iotDeviceId\": \"oven-1\"",
                "\"iotDeviceId\": \"oven-2\"")
            .error("TL-DEVICE-UNKNOWN", EVENTS, 9, "/0/action/feedback/iotDeviceId")
            .saying("Did you mean \"oven-1\"?"),
        in("feedback has no payload", EVENTS, ",\n        \"payload\": \"cool down\"", "")
            .error("TL-KEY-MISSING", EVENTS, 7, "/0/action/feedback/payload"),
        in(
                "feedback is too large for a command",
                EVENTS,
                "\"cool down\"",
                "\"" + "x".repeat(61_440) + "\"")
            .error("TL-COMMAND-TOO-LARGE", EVENTS, 10, "/0/action/feedback/payload"),
        in(
                "feedback is switched off",
                "config_optimization.json",
                "\"returnFeedbackToDevice\": true",
                "\"returnFeedbackToDevice\": false")
            .warning("TL-FEEDBACK-OFF", EVENTS, 7, "/0/action/feedback"));
  }
}
