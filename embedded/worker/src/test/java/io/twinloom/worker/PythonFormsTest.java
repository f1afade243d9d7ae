package io.twinloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonFormsTest extends UserCodeFixture {
  private String failure(String function) {
    return catchThrowableOfType(WorkerException.class, () -> project.call(function, "{\"v\":1}"))
        .getMessage();
  }

  @Test
  void aLambdaGetsTheEventAndTheUsualContext() {
    project.python(
        "f",
        "PYTHON_LAMBDA",
        """
        def lambda_handler(event, context):
            event["name"] = context.function_name
            event["left"] = 0 < context.get_remaining_time_in_millis() <= 30000
            event["id"] = len(context.aws_request_id)
            return event
        """);

    assertThat(project.call("f", "{\"v\":1}").toString())
        .isEqualTo("{\"v\":1,\"name\":\"f\",\"left\":true,\"id\":36}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        import json
        import azure.functions as func
        app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
        @app.function_name(name="p")
        @app.route(route="process", methods=["POST"])
        def process(req: func.HttpRequest) -> func.HttpResponse:
            event = req.get_json()
            event["by"] = req.method
            return func.HttpResponse(json.dumps(event), mimetype="application/json")
        """,
        """
        import json
        from azure.functions import FunctionApp, HttpResponse, Blueprint
        bp = Blueprint()
        @bp.route()
        async def process(req):
            event = json.loads(req.get_body())
            event["by"] = req.method
            return HttpResponse(json.dumps(event).encode(), status_code=201)
        app = FunctionApp()
        app.register_functions(bp)
        """,
      })
  void anAzureFunctionAnswersARequest(String source) {
    project.python("f", "PYTHON_AZURE", source);

    assertThat(project.call("f", "{\"v\":1}").toString()).isEqualTo("{\"v\":1,\"by\":\"POST\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        import functions_framework
        @functions_framework.http
        def process(request):
            event = request.get_json(silent=True)
            event["by"] = request.method
            return event
        """,
        """
        import flask, json
        from flask import jsonify
        def process(request: flask.Request):
            event = json.loads(request.data)
            event["by"] = request.headers["content-type"] == "application/json" and "POST"
            return jsonify(event), 200, {"X-Own": "1"}
        """,
        """
        import json
        from functions_framework import http
        @http
        def process(request):
            assert not request.args and request.is_json
            return json.dumps({**request.json, "by": "POST"})
        """,
      })
  void aGoogleFunctionAnswersARequest(String source) {
    project.python("f", "PYTHON_GOOGLE", source);

    assertThat(project.call("f", "{\"v\":1}").toString()).isEqualTo("{\"v\":1,\"by\":\"POST\"}");
  }

  @Test
  void anAnswerThatIsNoSuccessFailsTheEvent() {
    project
        .python(
            "azure",
            "PYTHON_AZURE",
            """
            import azure.functions as func
            app = func.FunctionApp()
            @app.route(route="p")
            def p(req):
                return func.HttpResponse("no value", status_code=422)
            """)
        .python(
            "google",
            "PYTHON_GOOGLE",
            """
            import flask
            def p(request):
                flask.abort(400, "no value")
            """)
        .python("text", "PYTHON_GOOGLE", "def p(request):\n    return 'done'\n");

    assertThat(failure("azure")).isEqualTo("RuntimeError: it answered with status 422: no value");
    assertThat(failure("google")).isEqualTo("HTTPException: 400 no value (main.py:3)");
    assertThat(failure("text")).isEqualTo("RuntimeError: its answer is invalid JSON");
  }

  @Test
  void modulesBesideTheCodeAreImportedAndNothingIsWrittenThere() {
    project.python("f", "import own\ndef process(event):\n    return {'v': own.V}\n");
    Path beside = folder.resolve("f");
    writeTo(beside.resolve("own.py"), "V = 7\n");

    assertThat(project.call("f", "{}").toString()).isEqualTo("{\"v\":7}");
    assertThat(beside.toFile().list()).containsExactlyInAnyOrder("process.py", "own.py");
  }

  private static void writeTo(Path file, String text) {
    try {
      java.nio.file.Files.writeString(file, text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
