package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.in;
import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadDevicesTest {
  private static final String DEVICES = "config_iot_devices.json";
  private static final String PAYLOADS = "iot_device_simulator/payloads.json";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"devices", "properties", "payloads"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> devices() {
    return Stream.of(
        of("the list is missing", good().without(DEVICES)).error("TL-FILE-MISSING", DEVICES, 0, ""),
        of("the list is an object", good().with(DEVICES, "{\"devices\": []}"))
            .error("TL-VALUE-TYPE", DEVICES, 1, "")
            .saying("not a list of devices."),
        of(
                "the list is empty",
                good()
                    .with(DEVICES, "[]")
                    .without("twin_hierarchy")
                    .without("config_events.json")
                    .without("iot_device_simulator")
                    .without("processors")
                    .without("event_actions"))
            .warning("TL-DEVICES-NONE", DEVICES, 1, ""),
        in(
                "a device is a text",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  \"belt-2\",\n  {\n    \"id\": \"belt-1\"")
            .error("TL-VALUE-TYPE", DEVICES, 12, "/1"),
        in("a device has no id", DEVICES, "    \"id\": \"belt-1\",\n", "")
            .error("TL-KEY-MISSING", DEVICES, 12, "/1/id")
            .error("TL-DEVICE-UNKNOWN", PAYLOADS, 3, "/1/device_id")
            .error("TL-CONDITION-PATH", "config_events.json", 15, "/1/condition"),
        in(
                "two devices have one id",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"oven-1\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-TWICE", DEVICES, 12, "/1/id")
            .saying("at line 3 already"),
        in(
                "two devices have one id, written in two ways",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"k\u00fcche\", \"properties\": []},\n  {\"id\": \"ku\u0308che\","
                    + " \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-TWICE", DEVICES, 13, "/2/id")
            .saying("\"ku\\u0308che\" is given at line 12 already", "\"k\u00fcche\", the same"),
        in(
                "a device's id is the address of its network card",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"AA:BB:CC:DD:EE:FF\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-ID", DEVICES, 12, "/1/id")
            .saying("(U+003A, colon)", "Write \"AA-BB-CC-DD-EE-FF\""),
        in(
                "a device's id is a picture",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"😀\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-ID", DEVICES, 12, "/1/id")
            .saying("\"😀\" cannot be the id", "U+1F600"),
        in(
                "a device's id has a slash",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"a/b\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-ID", DEVICES, 12, "/1/id")
            .saying("\"a/b\""),
        in(
                "a device's id has no letter",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"..\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-ID", DEVICES, 12, "/1/id"),
        in(
                "a device's id is too long",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \""
                    + "d".repeat(65)
                    + "\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-DEVICE-ID", DEVICES, 12, "/1/id"),
        in(
                "a device's id is that of verify",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"_verify\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-NAME-COLLISION", DEVICES, 12, "/1/id"),
        in(
                "a device is called as a folder of code for several",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"_shared\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-NAME-COLLISION", DEVICES, 12, "/1/id")
            .saying("processors/_shared"),
        in(
                "a device is called default",
                DEVICES,
                "  {\n    \"id\": \"belt-1\"",
                "  {\"id\": \"default\", \"properties\": []},\n  {\n    \"id\": \"belt-1\"")
            .error("TL-NAME-COLLISION", DEVICES, 12, "/1/id")
            .saying("factory-default-processor"),
        in(
                "a device has an unknown key",
                DEVICES,
                "    \"id\": \"belt-1\",",
                "    \"id\": \"belt-1\",\n    \"constProperty\": [],")
            .warning("TL-KEY-UNKNOWN", DEVICES, 14, "/1/constProperty")
            .saying("Did you mean \"constProperties\"?"));
  }

  static Stream<Mistake> properties() {
    String speed = "{\"name\": \"speed\", \"dataType\": \"INTEGER\", \"initValue\": 3}";
    String serial = "{\"name\": \"serial\", \"dataType\": \"STRING\", \"value\": \"A-1\"}";
    return Stream.of(
        in(
                "there are no properties",
                DEVICES,
                "    \"id\": \"belt-1\",\n    \"properties\": [\n      " + speed + "\n    ]",
                "    \"id\": \"belt-1\"")
            .error("TL-KEY-MISSING", DEVICES, 12, "/1/properties")
            .warning("TL-CONDITION-PROPERTY", "config_events.json", 15, "/1/condition"),
        in("the properties are an object", DEVICES, "[\n      " + speed + "\n    ]", "{}")
            .error("TL-VALUE-TYPE", DEVICES, 14, "/1/properties")
            .warning("TL-CONDITION-PROPERTY", "config_events.json", 15, "/1/condition"),
        in("a property is a text", DEVICES, speed, speed + ",\n \"height\"")
            .error("TL-VALUE-TYPE", DEVICES, 16, "/1/properties/1")
            .saying("Element 1 is \"height\", not an object."),
        in("a property has no name", DEVICES, speed, speed + ",\n {\"dataType\": \"DOUBLE\"}")
            .error("TL-KEY-MISSING", DEVICES, 16, "/1/properties/1/name"),
        in("two properties have one name", DEVICES, speed, speed + ",\n " + speed)
            .error("TL-PROPERTY-TWICE", DEVICES, 16, "/1/properties/1/name"),
        in(
                "a constant has a property's name",
                DEVICES,
                serial,
                serial.replace("serial", "temperature"))
            .error("TL-PROPERTY-TWICE", DEVICES, 9, "/0/constProperties/0/name"),
        in("a property has no type", DEVICES, speed, speed + ",\n {\"name\": \"height\"}")
            .error("TL-KEY-MISSING", DEVICES, 16, "/1/properties/1/dataType"),
        in("a type is unknown", DEVICES, "\"BOOLEAN\"", "\"BOOL\"")
            .error("TL-DATATYPE-UNKNOWN", DEVICES, 6, "/0/properties/1/dataType")
            .saying("\"BOOL\"", "Write \"DOUBLE\", \"INTEGER\""),
        in("a type is in lower case", DEVICES, "\"BOOLEAN\"", "\"boolean\"")
            .error("TL-DATATYPE-UNKNOWN", DEVICES, 6, "/0/properties/1/dataType")
            .saying("Did you mean \"BOOLEAN\"?"),
        in("a number starts as a text", DEVICES, "20.5", "\"20.5\"")
            .error("TL-VALUE-TYPE", DEVICES, 5, "/0/properties/0/initValue")
            .saying("without quotation marks"),
        in(
                "a whole number starts with a fraction",
                DEVICES,
                "\"initValue\": 3}",
                "\"initValue\": 3.5}")
            .error("TL-VALUE-TYPE", DEVICES, 15, "/1/properties/0/initValue")
            .saying("3.5"),
        in(
                "a whole number is too large for its type",
                DEVICES,
                "\"initValue\": 3}",
                "\"initValue\": 3000000000}")
            .error("TL-VALUE-TYPE", DEVICES, 15, "/1/properties/0/initValue"),
        in(
                "a constant has no value",
                DEVICES,
                serial,
                "{\"name\": \"serial\", \"dataType\": \"STRING\"}")
            .error("TL-KEY-MISSING", DEVICES, 9, "/0/constProperties/0/value"),
        in("a constant is of another type", DEVICES, "\"A-1\"", "1")
            .error("TL-VALUE-TYPE", DEVICES, 9, "/0/constProperties/0/value")
            .saying("a text in quotation marks"),
        in(
                "a property has a name of the system's",
                DEVICES,
                speed,
                speed + ",\n {\"name\": \"timestamp\", \"dataType\": \"STRING\"}")
            .warning("TL-PROPERTY-RESERVED", DEVICES, 16, "/1/properties/1"));
  }

  static Stream<Mistake> payloads() {
    return Stream.of(
        of("the events are an object", good().with(PAYLOADS, "{}"))
            .error("TL-VALUE-TYPE", PAYLOADS, 1, ""),
        in("an event is of an unknown device", PAYLOADS, "\"oven-1\"", "\"oven1\"")
            .error("TL-DEVICE-UNKNOWN", PAYLOADS, 2, "/0/iotDeviceId")
            .saying("Did you mean \"oven-1\"?"),
        in("an event names no device", PAYLOADS, "\"device_id\": \"belt-1\", ", "")
            .error("TL-KEY-MISSING", PAYLOADS, 3, "/1/iotDeviceId"),
        in("an event's device is a number", PAYLOADS, "\"belt-1\"", "1")
            .error("TL-VALUE-TYPE", PAYLOADS, 3, "/1/device_id"),
        in("an event's time is no time", PAYLOADS, "\"speed\": 4", "\"time\": \"garbage\"")
            .warning("TL-TIME-UNREADABLE", PAYLOADS, 3, "/1/time")
            .saying("\"time\" cannot be read as a time"),
        in("an event's time is an object", PAYLOADS, "\"speed\": 4", "\"ts\": {}")
            .warning("TL-TIME-UNREADABLE", PAYLOADS, 3, "/1/ts"),
        in("an event is a number", PAYLOADS, "{\"device_id\": \"belt-1\", \"speed\": 4}", "4")
            .error("TL-VALUE-TYPE", PAYLOADS, 3, "/1"));
  }
}
