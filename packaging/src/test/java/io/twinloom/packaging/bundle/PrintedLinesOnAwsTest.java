package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("what user code prints on AWS has function, trace and level, as on the local clouds")
class PrintedLinesOnAwsTest {

  private static final String BATCH =
      "{\"twinloom_batch\": 1, \"events\": [{\"device_id\": \"a\"}, {\"device_id\": \"b\"}],"
          + " \"traces\": [\"trace-1\", \"trace-2\"]}";

  @TempDir Path folder;

  @Test
  void ofPythonCode() {
    PackagedTwin twin = new PackagedTwin(folder);
    twin.code(
        "process.py",
        """
        import logging, sys
        print("loaded")
        def process(event):
            print("sees", event["device_id"])
            sys.stderr.write("no line end")
            logging.warning("low %s", event["device_id"])
            return event
        """);

    List<String> said =
        CloudRuntime.call(twin.only(), BATCH, "{\"trace_id\": \"trace-3\", \"device_id\": \"c\"}");
    assertThat(lines(said))
        .containsExactly(
            "INFO  loaded",
            "INFO trace-1 sees a",
            "WARN trace-1 low a",
            "INFO trace-1 no line end",
            "INFO trace-2 sees b",
            "WARN trace-2 low b",
            "INFO trace-2 no line end",
            "INFO trace-3 sees c",
            "WARN trace-3 low c",
            "INFO trace-3 no line end");
    assertThat(said).filteredOn(line -> line.contains("results")).hasSize(1);
  }

  @Test
  void codeThatClosesAStreamHasItAgainAtTheNextEvent() {
    PackagedTwin twin = new PackagedTwin(folder);
    twin.code(
        "process.py",
        """
        import sys
        def process(event):
            print("sees", event["device_id"])
            sys.stdout.close()
            return event
        """);

    List<String> said = CloudRuntime.call(twin.only(), BATCH);
    assertThat(lines(said)).containsExactly("INFO trace-1 sees a", "INFO trace-2 sees b");
    assertThat(said).filteredOn(line -> line.contains("results")).hasSize(1);
  }

  @Test
  void aLineThatLooksLikeOneOfAnotherFunctionIsThePrintingOnesAlone() {
    PackagedTwin twin = new PackagedTwin(folder);
    twin.code(
        "process.py",
        "def process(event):\n    print('{\"function\": \"plant-persister\"}')\n    return event\n");

    assertThat(CloudRuntime.call(twin.only(), "{\"device_id\": \"a\"}"))
        .filteredOn(line -> line.contains("persister"))
        .singleElement()
        .satisfies(
            line -> assertThat(json(line).text("function")).contains("plant-device-0-processor"));
  }

  @Test
  @Tag("full")
  void ofJavaCode() throws IOException {
    PackagedTwin twin = new PackagedTwin(folder);
    twin.code(
        "Code.java",
        """
            import io.twinloom.api.Processor;
            import java.util.Map;
            import java.util.logging.Logger;
            public class Code implements Processor {
              public Map<String, Object> process(Map<String, Object> event) {
                System.out.println("sees " + event.get("device_id"));
                System.err.print("no line end");
                Logger.getLogger("code").warning("low " + event.get("device_id"));
                return event;
              }
            }
            """);

    PackagedTwin.Unpacked code = twin.only();
    assertThat(CloudRuntime.call(code, BATCH)).hasSize(1);
    List<String> log = Files.readAllLines(code.root().resolveSibling("lambda.log"));
    assertThat(lines(log))
        .containsExactly(
            "INFO trace-1 sees a",
            "WARN trace-1 low a",
            "INFO trace-1 no line end",
            "INFO trace-2 sees b",
            "WARN trace-2 low b",
            "INFO trace-2 no line end");
  }

  private static List<String> lines(List<String> said) {
    return said.stream()
        .filter(line -> line.contains("\"message\""))
        .map(PrintedLinesOnAwsTest::json)
        .peek(
            line -> {
              assertThat(line.text("function")).contains("plant-device-0-processor");
              assertThat(line.object("fields").orElseThrow().text("from")).contains("user code");
              assertThat(line.text("time").orElseThrow()).matches("\\d{4}-.*\\.\\d{6}Z");
            })
        .map(
            line ->
                String.join(
                    " ",
                    line.text("level").orElseThrow(),
                    line.text("trace_id").orElseThrow(),
                    line.text("message").orElseThrow()))
        .toList();
  }

  private static JsonObject json(String line) {
    return Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
  }
}
