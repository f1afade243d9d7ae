package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages run, on each cloud and in each form, as they run locally. */
class UserPackageTest {
  private static final String PYTHON =
      """
      def process(event):
          how = event["how"]
          if how == "fails":
              raise ValueError("no value")
          if how == "exits":
              raise SystemExit(3)
          return {
              "nothing": None,
              "list": [1],
              "large": {"text": "x" * (192 * 1024)},
              "nan": {"v": float("nan")},
          }.get(how, dict(event, big=12345678901234567890, half=0.5))
      """;

  private static final String JAVA =
      """
      import io.twinloom.api.Processor;
      import java.util.*;

      public class Code implements Processor {
        @Override
        public Map<String, Object> process(Map<String, Object> event) throws Exception {
          switch ((String) event.get("how")) {
            case "fails": throw new IllegalArgumentException("no value");
            case "nothing": return null;
            case "large": return Map.of("text", "x".repeat(192 * 1024));
            case "nan": return Map.of("v", Double.NaN);
            case "sees": Class.forName("com.fasterxml.jackson.core.JsonFactory"); return event;
            default:
              event.put("big", new java.math.BigInteger("12345678901234567890"));
              event.put("half", 0.5);
              return event;
          }
        }
      }
      """;

  private static final Map<String, String> FORMS =
      Map.of(
          "process.py",
          """
          from own import V
          def process(event):
              return dict(event, own=V)
          """,
          "lambda_function.py",
          """
          from own import V
          def lambda_handler(event, context):
              assert context.aws_request_id and context.get_remaining_time_in_millis() > 0
              return dict(event, own=V)
          """,
          "function_app.py",
          """
          import json
          import azure.functions as func
          from own import V
          app = func.FunctionApp()
          @app.route(route="process", methods=["POST"])
          async def process(req: func.HttpRequest) -> func.HttpResponse:
              return func.HttpResponse(json.dumps(dict(req.get_json(), own=V)))
          """,
          "main.py",
          """
          import flask
          import functions_framework
          from own import V
          @functions_framework.http
          def process(request):
              return flask.jsonify(dict(request.get_json(), own=V))
          """);

  @TempDir Path folder;
  private PackagedTwin twin;

  @BeforeEach
  void twin() {
    twin = new PackagedTwin(folder);
  }

  static Stream<Arguments> formsAndClouds() {
    return Stream.of("aws", "azure", "google")
        .flatMap(cloud -> FORMS.keySet().stream().sorted().map(f -> Arguments.of(f, cloud)));
  }

  @ParameterizedTest
  @MethodSource("formsAndClouds")
  void pythonOfEveryFormRunsOnEveryCloud(String file, String cloud) {
    twin.on(cloud).code(file, FORMS.get(file)).with("processors/device-0/own.py", "V = 'é7'\n");

    assertThat(CloudRuntime.call(twin.only(), "{\"v\": 1}", "{\"v\": 2}"))
        .map(line -> line.replace(" ", "").replace("\\u00e9", "é"))
        .containsExactly("{\"v\":1,\"own\":\"é7\"}", "{\"v\":2,\"own\":\"é7\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void whatPythonDoesWrongIsSaidAndTheNextEventIsServed(String cloud) {
    twin.on(cloud).code("process.py", PYTHON);

    List<String> said =
        CloudRuntime.call(
            twin.only(),
            how("fails"),
            how("exits"),
            how("nothing"),
            how("list"),
            how("large"),
            how("nan"),
            how("well"));

    String before = cloud.equals("aws") ? "!UserCodeError: " : "!500 {\"error\": \"";
    String after = cloud.equals("aws") ? "" : "\"}";
    assertThat(said.subList(0, 6))
        .containsExactly(
            before + "ValueError: no value (process.py:4)" + after,
            before + "SystemExit: 3 (process.py:6)" + after,
            before + "it returned nothing, not a dict" + after,
            before + "it returned a list, not a dict" + after,
            before + "it returned more than 196608 bytes" + after,
            before + "'v' of what it returned is nan, which JSON has no number for" + after);
    assertThat(said.get(6).replace(" ", ""))
        .isEqualTo("{\"how\":\"well\",\"big\":12345678901234567890,\"half\":0.5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void whatJavaDoesWrongIsSaidAndTheNextEventIsServed(String cloud) {
    twin.on(cloud).code("Code.java", JAVA);

    List<String> said =
        CloudRuntime.call(
            twin.only(),
            how("fails"),
            how("nothing"),
            how("large"),
            how("nan"),
            how("sees"),
            how("well"));

    String before = cloud.equals("aws") ? "!UserCodeException: " : "!500 {\"error\":\"";
    String after = cloud.equals("aws") ? "" : "\"}";
    assertThat(said)
        .containsExactly(
            before + "IllegalArgumentException: no value (Code.java:8)" + after,
            before + "it returned nothing, not an object" + after,
            before + "it returned more than 196608 bytes" + after,
            before + "'v' of what it returned is NaN, which JSON has no number for" + after,
            before
                + "ClassNotFoundException: com.fasterxml.jackson.core.JsonFactory (Code.java:12)"
                + after,
            "{\"how\":\"well\",\"big\":12345678901234567890,\"half\":0.5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void aJarRunsWithTheJarsBesideIt(String cloud) throws IOException {
    String source = JAVA.replace("event.put(\"half\", 0.5);", "event.put(\"half\", own.Half.V);");
    twin.code(
            "Half.java", "package own; public class Half { public static final double V = 1e-1; }")
        .with("processors/device-0/Code.java", source);
    Path classes = twin.only().root().resolve("user/classes");
    twin.on(cloud)
        .code("half.jar", "")
        .with("processors/device-0/half.jar", jar(classes, "own/Half.class"))
        .with("processors/device-0/code.jar", jar(classes, "Code.class"));

    assertThat(CloudRuntime.call(twin.only(), how("well")))
        .containsExactly("{\"how\":\"well\",\"big\":12345678901234567890,\"half\":0.1}");
  }

  private static byte[] jar(Path classes, String file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry(file));
      jar.write(Files.readAllBytes(classes.resolve(file)));
      if (file.equals("Code.class")) {
        jar.putNextEntry(new ZipEntry("META-INF/services/io.twinloom.api.Processor"));
        jar.write("Code\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"process.py", "Code.java"})
  void codeThatCannotBeLoadedSaysSoAtEachEvent(String file) {
    String source =
        file.equals("process.py")
            ? "V = {}['v']\ndef process(event): return event\n"
            : JAVA.replace(
                "@Override", "public Code() { throw new IllegalStateException(\"v\"); } @Override");

    List<String> said = CloudRuntime.call(twin.code(file, source).only(), "{}", "{}");

    assertThat(said)
        .hasSize(2)
        .allMatch(
            line ->
                line.equals("!UserCodeError: KeyError: 'v' (process.py:1)")
                    || line.equals("!UserCodeException: IllegalStateException: v (Code.java:5)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "google"})
  void whatIsNoEventIsABadRequest(String cloud) {
    twin.on(cloud);
    List<String> python =
        CloudRuntime.call(twin.code("process.py", PYTHON).only(), "[1]", "{", "{} {}");
    List<String> java = CloudRuntime.call(twin.code("Code.java", JAVA).only(), "[1]", "{", "{} {}");

    assertThat(python).hasSize(3).containsOnly("!400 {\"error\": \"the event is no JSON object\"}");
    assertThat(java).hasSize(3).containsOnly("!400 {\"error\":\"the event is no JSON object\"}");
  }

  @Test
  void modulesThatGoAlongWithEachFunctionAreInThePackage() {
    twin.with(
            "lambda_functions/processors/device-0/lambda_function.py",
            "import both\ndef lambda_handler(event, context): return {'v': both.V}\n")
        .with("lambda_functions/_shared/both.py", "V = 3\n");

    assertThat(CloudRuntime.call(twin.only(), "{}")).containsExactly("{\"v\": 3}");
  }

  private static String how(String how) {
    return "{\"how\":\"" + how + "\"}";
  }
}
