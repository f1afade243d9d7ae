package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.packaging.bundle.PackagedTwin.Unpacked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages run, on each cloud and in each form, as they run locally. */
@Tag("full")
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
              event.put("half", own.Half.V);
              return event;
          }
        }
      }
      """;

  private static final String HALF =
      "package own; public class Half { public static final double V = Double.valueOf(\"0.5\"); }";

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

  private static final List<String> FILES = FORMS.keySet().stream().sorted().toList();

  @TempDir static Path folder;

  /** The packages of all code there is here, by cloud: made once. */
  private static final Map<String, Map<String, Unpacked>> MADE = new HashMap<>();

  private static Unpacked code(String cloud, String name) {
    return MADE.computeIfAbsent(cloud, UserPackageTest::make).get("plant-" + name);
  }

  private static Map<String, Unpacked> make(String cloud) {
    PackagedTwin twin = new PackagedTwin(folder.resolve(cloud)).on(cloud).devices(8);
    for (String file : FILES) {
      String place = "processors/device-" + FILES.indexOf(file) + "/";
      twin.with(place + file, FORMS.get(file)).with(place + "own.py", "V = 'é7'\n");
    }
    twin.with("processors/device-4/process.py", PYTHON)
        .with("processors/device-5/Code.java", JAVA)
        .with("processors/device-5/Half.java", HALF)
        .with("processors/device-6/process.py", "V = {}['v']\ndef process(event): return event\n")
        .with(
            "processors/device-7/Code.java",
            JAVA.replace("own.Half.V", "0.5")
                .replace(
                    "@Override",
                    "public Code() { throw new IllegalStateException(\"v\"); } @Override"))
        .with("event_actions/alert/process.py", "def process(given): given['event']['v']\n");
    Map<String, Unpacked> made = new HashMap<>();
    for (FunctionPackage one : twin.build(folder.resolve(cloud).resolve("out"))) {
      made.put(one.name(), Unpacked.of(one, folder.resolve(cloud)));
    }
    return made;
  }

  static Stream<Arguments> formsAndClouds() {
    return Stream.of("aws", "azure", "google")
        .flatMap(cloud -> FILES.stream().map(file -> Arguments.of(file, cloud)));
  }

  @ParameterizedTest
  @MethodSource("formsAndClouds")
  void pythonOfEveryFormRunsOnEveryCloud(String file, String cloud) {
    Unpacked code = code(cloud, "device-" + FILES.indexOf(file) + "-processor");

    assertThat(CloudRuntime.call(code, "{\"v\": 1}", "{\"v\": 2}"))
        .map(line -> line.replace(" ", "").replace("\\u00e9", "é"))
        .containsExactly("{\"v\":1,\"own\":\"é7\"}", "{\"v\":2,\"own\":\"é7\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void whatPythonDoesWrongIsSaidAndTheNextEventIsServed(String cloud) {
    List<String> said =
        CloudRuntime.call(
            code(cloud, "device-4-processor"),
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
    List<String> said =
        CloudRuntime.call(
            code(cloud, "device-5-processor"),
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
  @ValueSource(strings = {"device-4-processor", "device-5-processor"})
  void severalEventsOfOneCallEachHaveAResultOrAnError(String function) {
    String batch =
        "{\"twinloom_batch\": 1, \"events\": [%s, %s, %s]}"
            .formatted(how("well"), how("fails"), how("well"));
    List<String> said = CloudRuntime.call(code("aws", function), batch, how("well"));
    String well = "{\"how\":\"well\",\"big\":12345678901234567890,\"half\":0.5}";
    assertThat(said.getFirst().replace(" ", ""))
        .startsWith("{\"twinloom_batch\":1,\"results\":[{\"result\":" + well + "},{\"error\":\"")
        .contains("novalue")
        .endsWith("},{\"result\":" + well + "}]}");
    assertThat(said.get(1).replace(" ", "")).isEqualTo(well);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google"})
  void aJarRunsWithTheJarsBesideIt(String cloud) {
    Path classes = code("aws", "device-5-processor").root().resolve("user/classes");
    PackagedTwin twin =
        new PackagedTwin(folder.resolve("jars-" + cloud))
            .on(cloud)
            .with("processors/device-0/half.jar", jar(classes, "own/Half.class"))
            .with("processors/device-0/code.jar", jar(classes, "Code.class"));

    assertThat(CloudRuntime.call(twin.only(), how("well")))
        .containsExactly("{\"how\":\"well\",\"big\":12345678901234567890,\"half\":0.5}");
  }

  private static byte[] jar(Path classes, String file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes);
        InputStream type = java.nio.file.Files.newInputStream(classes.resolve(file))) {
      jar.putNextEntry(new ZipEntry(file));
      type.transferTo(jar);
      if (file.equals("Code.class")) {
        jar.putNextEntry(new ZipEntry("META-INF/services/io.twinloom.api.Processor"));
        jar.write("Code\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void codeThatCannotBeLoadedSaysSoAtEachEvent() {
    assertThat(CloudRuntime.call(code("aws", "device-6-processor"), "{}", "{}"))
        .hasSize(2)
        .containsOnly("!UserCodeError: KeyError: 'v' (process.py:1)");
    assertThat(CloudRuntime.call(code("aws", "device-7-processor"), "{}", "{}"))
        .hasSize(2)
        .containsOnly("!UserCodeException: IllegalStateException: v (Code.java:5)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "google"})
  void whatIsNoEventIsABadRequest(String cloud) {
    String[] events = {"[1]", "{", "{} {}"};

    assertThat(CloudRuntime.call(code(cloud, "device-4-processor"), events))
        .hasSize(3)
        .containsOnly("!400 {\"error\": \"the event is not a JSON object\"}");
    assertThat(CloudRuntime.call(code(cloud, "device-5-processor"), events))
        .hasSize(3)
        .containsOnly("!400 {\"error\":\"the event is not a JSON object\"}");
  }

  @Test
  void anActionMayReturnNothing() {
    assertThat(CloudRuntime.call(code("aws", "alert"), "{\"event\":{\"v\":1}}", "{\"event\":{}}"))
        .containsExactly("{}", "!UserCodeError: KeyError: 'v' (process.py:1)");
  }

  private static String how(String how) {
    return "{\"how\":\"" + how + "\"}";
  }
}
