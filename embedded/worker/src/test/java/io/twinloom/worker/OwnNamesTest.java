package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user's file that is named as a module of Python changes nothing around the user's code. */
class OwnNamesTest extends UserCodeFixture {
  /** How each form is written; HEAD runs when it is loaded, BODY has {@code event} as a dict. */
  private enum Form {
    PYTHON_PROCESS("%sdef process(event):\n%s    return event\n"),
    PYTHON_LAMBDA("%sdef lambda_handler(event, context):\n%s    return event\n"),
    PYTHON_AZURE(
        """
        import azure.functions as func
        %sapp = func.FunctionApp()
        @app.route(route="p")
        async def p(req):
            event = req.get_json()
        %s    return func.HttpResponse(str(event).replace("'", '"').replace("T", "t"))
        """),
    PYTHON_GOOGLE(
        """
        import functions_framework, flask
        %s@functions_framework.http
        def p(request):
            event = request.get_json()
        %s    return event
        """);

    private final String source;

    Form(String source) {
      this.source = source;
    }

    String source(String head, String body) {
      return source.formatted(head, body);
    }
  }

  /** Modules that the runner needs, and some that those need. */
  private static final List<String> NAMES =
      List.of(
          "uuid",
          "json",
          "asyncio",
          "decimal",
          "logging",
          "traceback",
          "threading",
          "struct",
          "select",
          "random",
          "string",
          "copy",
          "datetime",
          "queue",
          "socket",
          "ssl",
          "tokenize",
          "linecache",
          "platform",
          "numbers",
          "concurrent",
          "contextvars",
          "urllib",
          "printing",
          "printed",
          "calling",
          "logs",
          "worker");

  @ParameterizedTest
  @EnumSource(Form.class)
  @DisplayName("a user's file has the name of a Python module")
  void theRunnerWorksAndTheCodeGetsItsOwnModule(Form form) throws IOException {
    project.python(
        "f",
        form.name(),
        form.source("import uuid, json\n", "    event[\"own\"] = [uuid.X, json.X]\n"));
    for (String name : NAMES) {
      Files.writeString(folder.resolve("f").resolve(name + ".py"), "X = \"" + name + "\"\n");
    }

    assertThat(project.call("f", "{\"v\":1}").toString())
        .isEqualTo("{\"v\":1,\"own\":[\"uuid\",\"json\"]}");
    assertThat(project.call("f", "{\"v\":2}").get("v")).hasToString("2");
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theRunnerImportsNothingOnceTheUsersFolderIsSearched(Form form) {
    project.python(
        "f",
        form.name(),
        form.source(
            "import sys, logging\nBEFORE = set(sys.modules)\n",
            "    if \"evil\" in event: raise ValueError(\"no value\")\n"
                + "    logging.warning(\"warned\")\n"
                + "    print(\"printed\")\n"
                + "    event[\"new\"] = sorted(set(sys.modules) - BEFORE)\n"));
    project.call("f", "{\"v\":1}");
    assertThat(catchThrowable(() -> project.call("f", "{\"evil\":1}"))).isNotNull();

    assertThat(project.call("f", "{\"v\":1}").get("new")).hasToString("[]");
  }
}
