package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.worker.wire.EventMarks;
import io.twinloom.worker.wire.PrintedLines;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What user code prints and logs has the event's trace, the function and a level. */
class PrintsTest extends UserCodeFixture {
  private static final String BODY =
      """
          log.debug("debug %s", v)
          log.info("info %s", v)
          log.warning("warn %s", v)
          log.error("error\\nin two lines")
          print("printed %s" % v)
          print("half %s" % v, end="")
      """;

  private void python(String form) {
    String head = "import json, logging\nlog = logging.getLogger()\n";
    project.python(
        "f",
        form,
        switch (form) {
          case "PYTHON_LAMBDA" ->
              head
                  + "log.setLevel(logging.INFO)\n"
                  + "def lambda_handler(event, context):\n    v = event['v']\n"
                  + BODY
                  + "    return event\n";
          case "PYTHON_AZURE" ->
              head
                  + "import azure.functions as func\napp = func.FunctionApp()\n"
                  + "@app.route(route='p')\ndef p(req):\n    v = req.get_json()['v']\n"
                  + BODY
                  + "    return func.HttpResponse(req.get_body())\n";
          case "PYTHON_GOOGLE" ->
              head
                  + "def p(request):\n    v = request.get_json()['v']\n"
                  + BODY
                  + "    return request.get_json()\n";
          default ->
              head + "def process(event):\n    v = event['v']\n" + BODY + "    return event\n";
        });
  }

  private static List<String> lines(int v) {
    String start = "f trace-" + v + " ";
    return List.of(
        start + "INFO info " + v,
        start + "WARN warn " + v,
        start + "ERROR error",
        start + "ERROR in two lines",
        start + "INFO printed " + v,
        start + "INFO half " + v);
  }

  @ParameterizedTest
  @CsvSource({"PYTHON_PROCESS", "PYTHON_LAMBDA", "PYTHON_AZURE", "PYTHON_GOOGLE"})
  void eachLineOfPythonIsThereBeforeTheResultWithItsLevelAndTrace(String form) {
    python(form);
    for (int v = 1; v <= 3; v++) {
      project.call("f", "{\"v\":" + v + ",\"trace_id\":\"trace-" + v + "\"}");
      assertThat(project.detailed).containsExactlyElementsOf(lines(v));
      project.detailed.clear();
    }
  }

  @Test
  void awsLeavesTheRootLoggerAtWarning() {
    project.python(
        "f",
        "PYTHON_LAMBDA",
        """
        import logging
        def lambda_handler(event, context):
            logging.info("not shown")
            logging.warning("shown")
            return event
        """);
    project.call("f", "{}");

    assertThat(project.detailed).containsExactly("f  WARN shown");
  }

  @Test
  void eachLineOfJavaIsThereBeforeTheResultWithItsLevelAndTrace() {
    project.java(
        "f",
        """
        Object v = event.get("v");
        System.Logger log = System.getLogger("own");
        log.log(System.Logger.Level.DEBUG, "debug");
        log.log(System.Logger.Level.INFO, "info {0}", v);
        java.util.logging.Logger.getLogger("own").warning("warn " + v);
        log.log(System.Logger.Level.ERROR, "error\\nin two lines");
        System.err.println("printed " + v);
        System.out.print("half " + v);
        return event;
        """);
    for (int v = 1; v <= 3; v++) {
      project.call("f", "{\"v\":" + v + ",\"trace_id\":\"trace-" + v + "\"}");
      assertThat(project.detailed).containsExactlyElementsOf(lines(v));
      project.detailed.clear();
    }
  }

  @Test
  void whatAnEventBeforeItsFailurePrintedHasItsTraceToo() {
    project.python("f", "print('loading')\ndef process(e):\n    print(1, end='')\n    1 / 0\n");
    org.assertj.core.api.Assertions.catchThrowable(() -> project.call("f", "{\"trace_id\":\"t\"}"));

    assertThat(project.detailed).containsExactly("f t INFO loading", "f t INFO 1");
  }

  /** What is written past the worker is marked once the first of it has come. */
  private void marksAreUsedFrom(String function) {
    project.call(function, "{\"v\":0,\"trace_id\":\"trace-0\"}");
    Awaitility.await().until(() -> project.detailed.contains(function + " trace-0 INFO child 0"));
    project.detailed.clear();
    for (int v = 1; v <= 3; v++) {
      project.call(function, "{\"v\":" + v + ",\"trace_id\":\"trace-" + v + "\"}");
    }
    Awaitility.await().until(() -> project.detailed.size() >= 6);
    assertThat(project.detailed)
        .containsExactly(
            function + " trace-1 INFO child 1",
            function + " trace-1 INFO raw 1",
            function + " trace-2 INFO child 2",
            function + " trace-2 INFO raw 2",
            function + " trace-3 INFO child 3",
            function + " trace-3 INFO raw 3");
  }

  @Test
  void whatProgramsOfPythonCodePrintHasTheTraceAndEndsWithTheEvent() {
    project.python(
        "f",
        """
        import os, subprocess
        def process(event):
            subprocess.run(["sh", "-c", "echo child %d" % event["v"]])
            if event["v"]:
                os.write(1, b"raw %d" % event["v"])
            return event
        """);

    marksAreUsedFrom("f");
  }

  @Test
  void whatProgramsOfJavaCodePrintHasTheTraceAndEndsWithTheEvent() {
    project.java(
        "f",
        """
        String raw = event.get("v").equals(0L) ? "" : "; printf 'raw " + event.get("v") + "'";
        new ProcessBuilder("sh", "-c", "echo child " + event.get("v") + raw)
            .inheritIO().start().waitFor();
        return event;
        """);

    marksAreUsedFrom("f");
  }

  @Test
  void bytesThatAreNoMarkAreText() {
    List<String> texts = new java.util.ArrayList<>();
    List<Long> begun = new java.util.ArrayList<>();
    EventMarks marks =
        new EventMarks(new PrintedLines(() -> 0, (level, text) -> texts.add(text)), begun::add);
    for (String piece :
        List.of(
            "one\0two\n\0\0twinloom-event b\n",
            "half" + EventMarks.begin(7).substring(0, 9),
            EventMarks.begin(7).substring(9) + EventMarks.end(7),
            "\0twinloom-event begin x\n")) {
      byte[] bytes = piece.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      marks.write(bytes, bytes.length);
    }

    assertThat(texts)
        .containsExactly("one\0two", "\0\0twinloom-event b", "half", "\0twinloom-event begin x");
    assertThat(begun).containsExactly(7L);
  }

  @Test
  @DisplayName("user code reads what its cloud's runtime has in the environment")
  void codeFindsTheEnvironmentOfItsCloudAndOfTheTwin() {
    project.variables = java.util.Map.of("DIGITAL_TWIN_INFO", "{\"config\":{}}");
    project
        .python(
            "aws",
            "PYTHON_LAMBDA",
            """
            import json, os
            INFO = json.loads(os.environ["DIGITAL_TWIN_INFO"])
            def lambda_handler(event, context):
                names = ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_LAMBDA_FUNCTION_NAME", "_HANDLER")
                return {"info": INFO, "names": [os.environ[n] for n in names]}
            """)
        .python(
            "azure",
            "PYTHON_AZURE",
            """
            import json, os
            import azure.functions as func
            RUNTIME = os.environ["FUNCTIONS_WORKER_RUNTIME"]
            app = func.FunctionApp()
            @app.route(route="p")
            def p(req):
                return func.HttpResponse(json.dumps({"v": [RUNTIME, os.environ["WEBSITE_SITE_NAME"]]}))
            """)
        .python(
            "google",
            "PYTHON_GOOGLE",
            """
            import os
            TARGET = os.environ["FUNCTION_TARGET"]
            def p(request):
                return {"v": [TARGET, os.environ["K_SERVICE"]]}
            """)
        .java("java", "event.put(\"info\", System.getenv(\"DIGITAL_TWIN_INFO\")); return event;");

    assertThat(project.call("aws", "{}").toString())
        .isEqualTo(
            "{\"info\":{\"config\":{}},\"names\":"
                + "[\"us-east-1\",\"us-east-1\",\"aws\",\"lambda_function.lambda_handler\"]}");
    assertThat(project.call("azure", "{}").toString()).isEqualTo("{\"v\":[\"python\",\"azure\"]}");
    assertThat(project.call("google", "{}").toString())
        .isEqualTo("{\"v\":[\"handler\",\"google\"]}");
    assertThat(project.call("java", "{}").toString())
        .isEqualTo("{\"info\":\"{\\\"config\\\":{}}\"}");
  }

  @Test
  void theInfoOfALargeTwinKeepsNoProgramFromStarting() {
    project.variables = java.util.Map.of("DIGITAL_TWIN_INFO", "x".repeat(200_000));
    project.python(
        "f",
        """
        import os, subprocess
        def process(event):
            subprocess.run(["true"], check=True)
            return {"length": len(os.environ["DIGITAL_TWIN_INFO"])}
        """);

    assertThat(project.call("f", "{}").toString()).isEqualTo("{\"length\":200000}");
  }
}
