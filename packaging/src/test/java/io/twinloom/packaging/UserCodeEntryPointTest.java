package io.twinloom.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Problem;
import io.twinloom.model.UserCode.Form;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which function or class of user code is its entry point, in each form, and why one is not. */
class UserCodeEntryPointTest {
  @TempDir Path cache;
  private final FakeProject project = new FakeProject();

  private CheckedCode check() {
    return UserCodeChecker.of(cache, System.getenv("PATH"), InstantSource.fixed(Instant.EPOCH))
        .check(project, project.code);
  }

  private Problem onlyProblem() {
    CheckedCode checked = check();
    assertThat(checked.problems()).hasSize(1);
    assertThat(checked.prepared()).isEmpty();
    assertThat(checked.problems().getFirst().fix()).isNotBlank();
    return checked.problems().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PYTHON_PROCESS | def process(event): return event | ok
          PYTHON_PROCESS | def process(event, factor=2): return event | ok
          PYTHON_PROCESS | def process(*args): return args[0] | ok
          PYTHON_PROCESS | from json import loads as process | ok
          PYTHON_PROCESS | process = lambda e: e | ok
          PYTHON_PROCESS | if True:~  def process(event): return event | ok
          PYTHON_PROCESS | def handle(event): return event | There is no function 'process'
          PYTHON_PROCESS | def process(): return {} | cannot be called with 1 positional argument
          PYTHON_PROCESS | def process(event, context): return event | cannot be called with 1 positional argument
          PYTHON_PROCESS | def process(*, event): return event | cannot be called with 1 positional argument
          PYTHON_PROCESS | async def process(event): return event | 'process' is async
          PYTHON_PROCESS | return 1 | 'return' outside function
          PYTHON_PROCESS | class A:~  def process(event): return event | There is no function 'process'
          PYTHON_LAMBDA | def lambda_handler(event, context): return event | ok
          PYTHON_LAMBDA | def lambda_handler(event): return event | cannot be called with 2 positional arguments
          PYTHON_LAMBDA | def lambda_handler(e, c): return e~def lambda_handler(e, c): return 1 | 'lambda_handler' is defined 2 times, at lines 1 and 2
          PYTHON_LAMBDA | if 1:~  def lambda_handler(e, c): return e~else:~  def lambda_handler(e, c): return 1 | ok
          PYTHON_LAMBDA | def handler(event, context): return event | There is no function 'lambda_handler'
          PYTHON_AZURE | app = func.FunctionApp()~@app.route(route="p")~def p(req): return "" | ok
          PYTHON_AZURE | app = func.FunctionApp()~@app.function_name("x")~@app.route(route="p", methods=["POST"])~async def p(req): return "" | ok
          PYTHON_AZURE | app = func.FunctionApp()~@app.route(route="p", methods=["GET"])~def p(req): return "" | does not take POST
          PYTHON_AZURE | app = func.FunctionApp()~@app.route()~def p(req): return ""~@app.route()~def q(req): return "" | It has 2 HTTP routes, not one
          PYTHON_AZURE | app = func.FunctionApp() | It has 0 HTTP routes, not one
          PYTHON_AZURE | @app.route()~def p(req): return "" | It makes no FunctionApp
          PYTHON_AZURE | app = func.FunctionApp()~@app.route()~def p(): return "" | cannot be called with the request alone
          PYTHON_GOOGLE | @functions_framework.http~def main(request): return {} | ok
          PYTHON_GOOGLE | @http~def main(r): return {} | ok
          PYTHON_GOOGLE | def main(request): return {} | ok
          PYTHON_GOOGLE | def main(r): return {} | It has 0 HTTP functions, not one
          PYTHON_GOOGLE | @ff.http~def a(r): return {}~@ff.http~def b(r): return {} | It has 2 HTTP functions, not one
          PYTHON_GOOGLE | @ff.http~def a(): return {} | cannot be called with the request alone
          """)
  void theEntryPointOfEachPythonForm(Form form, String source, String outcome) {
    project.with(form, "pump", form.file(), source.replace("~", "\n"));

    if (outcome.equals("ok")) {
      assertThat(check().problems()).isEmpty();
    } else {
      assertThat(onlyProblem().message()).contains(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public class Code {} | No class implements io.twinloom.api.Processor | 0
          class Code implements P { XX } | Code is not public | 4
          public abstract class Code implements P { XX } | No class implements io.twinloom.api.Processor | 0
          public class Code implements P { Code(int i) {} XX } | Code has no public constructor without parameters | 4
          public class Code implements P { XX public static class Two implements P { XX } } | Several classes implement io.twinloom.api.Processor | 0
          public class Code { public class In implements P { XX } } | Code.In belongs to an object of another class | 4
          public class Code { public static class In implements P { XX } } | ok | 0
          public class Code extends Base { } abstract class Base implements P { XX } | ok | 0
          public class Code implements P { XX } class Other implements P { XX } | ok | 0
          public class Wrong implements P { XX } | should be declared in a file named Wrong.java | 4
          """)
  void theEntryPointOfJavaSource(String source, String outcome, int line) {
    String body = "public Map<String, Object> process(Map<String, Object> e) { return e; }";
    project.java(
        "pump",
        "import io.twinloom.api.*;\nimport java.util.*;\n\n"
            + source.replace("XX", body).replaceAll("\\bP\\b", "Processor"));

    if (outcome.equals("ok")) {
      assertThat(check().problems()).isEmpty();
    } else {
      Problem problem = onlyProblem();
      assertThat(problem.message()).contains(outcome);
      assertThat(problem.line()).isEqualTo(line);
    }
  }
}
