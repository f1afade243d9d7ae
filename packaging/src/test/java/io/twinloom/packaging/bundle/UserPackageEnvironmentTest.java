package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User code in its package finds its files, its modules, the twin's description and variables. */
@Tag("full")
class UserPackageEnvironmentTest {
  @TempDir Path folder;

  @Test
  void modulesThatGoAlongWithEachFunctionAreInThePackage() {
    PackagedTwin twin =
        new PackagedTwin(folder.resolve("shared"))
            .with(
                "lambda_functions/processors/device-0/lambda_function.py",
                "import both\ndef lambda_handler(event, context): return {'v': both.V}\n")
            .with("lambda_functions/_shared/both.py", "V = 3\n");

    assertThat(CloudRuntime.call(twin.only(), "{}")).containsExactly("{\"v\": 3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void codeFindsWhatTheTwinIsBeforeItIsLoaded(String cloud) {
    PackagedTwin twin = new PackagedTwin(folder).on(cloud);
    twin.code(
            "process.py",
            """
            import json, os, uuid
            NAME = json.loads(os.environ["DIGITAL_TWIN_INFO"])["config"]["digital_twin_name"]
            TABLE = open("table.csv").read().strip()
            def process(event):
                if event["v"] == 2:
                    event["\\ud83d"] = 1
                return {"name": NAME, "table": TABLE, "own": uuid.X, **event}
            """)
        .code("table.csv", "a,b\n")
        .code("uuid.py", "X = 1\n");

    assertThat(CloudRuntime.call(twin.only(), "{\"v\":1}", "{\"v\":2}"))
        .satisfiesExactly(
            line ->
                assertThat(line.replace(" ", ""))
                    .isEqualTo("{\"name\":\"plant\",\"table\":\"a,b\",\"own\":1,\"v\":1}"),
            line -> assertThat(line).startsWith("!").contains("half of a surrogate pair"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "google"})
  void codeFindsTheVariablesOfTheCloudThatItIsWrittenFor(String cloud) {
    PackagedTwin twin = new PackagedTwin(folder).on(cloud);
    twin.code(
        "lambda_function.py",
        """
        import os
        NAMES = ("AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME")
        FOUND = [os.environ[name] for name in NAMES]
        HERE = os.path.isfile(os.path.join(os.environ["LAMBDA_TASK_ROOT"], "lambda_function.py"))
        def lambda_handler(event, context):
            return {"found": FOUND, "here": HERE}
        """);

    assertThat(CloudRuntime.call(twin.only(), "{\"v\":1}"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.replace(" ", ""))
                    .matches("\\{\"found\":\\[\"us-east-1\",\".+\"],\"here\":true}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void javaFindsWhatTheTwinIsAsASystemProperty(String cloud) {
    PackagedTwin twin = new PackagedTwin(folder).on(cloud);
    twin.code(
        "Code.java",
        """
            import io.twinloom.api.Processor;
            import java.util.Map;
            public class Code implements Processor {
              static final String INFO = System.getProperty("DIGITAL_TWIN_INFO");
              public Map<String, Object> process(Map<String, Object> event) {
                return Map.of("named", INFO.contains("\\"digital_twin_name\\":\\"plant\\""));
              }
            }
            """);

    assertThat(CloudRuntime.call(twin.only(), "{\"v\":1}")).containsExactly("{\"named\":true}");
  }
}
