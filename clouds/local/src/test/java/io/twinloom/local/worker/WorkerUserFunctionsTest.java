package io.twinloom.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import io.twinloom.worker.WorkerLimits;
import io.twinloom.worker.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twin's user code runs in workers, and its failures say what fixes them. */
class WorkerUserFunctionsTest implements InvocationLog {
  @TempDir Path folder;
  private final List<UserFunction> functions = new ArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private WorkerUserFunctions workers;

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {}

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {}

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    notes.add(level + " " + function + " " + traceId + " " + message + " " + fields);
  }

  private void python(String name, Role role, String source) throws IOException {
    Path code = Files.createDirectory(folder.resolve(name));
    Files.writeString(code.resolve("process.py"), source);
    functions.add(
        new UserFunction(
            name,
            "12ab",
            new UserCode(role, name, "code/" + name, Form.PYTHON_PROCESS, Optional.empty()),
            List.of(code),
            "process.py",
            List.of()));
  }

  @BeforeEach
  void start() throws IOException {
    python(
        "double", Role.PROCESSOR, "def process(e):\n  print('seen')\n  return {'v': 2 * e['v']}\n");
    python("broken", Role.PROCESSOR, "def process(e):\n  raise ValueError('no value')\n");
    python("act", Role.EVENT_ACTION, "def process(e):\n  return None\n");
    python("nothing", Role.PROCESSOR, "def process(e):\n  return None\n");
    workers =
        WorkerUserFunctions.start(
            functions,
            Map.of("DIGITAL_TWIN_INFO", "{\"config\":{}}"),
            WorkerLimits.DEFAULTS,
            () -> this,
            new Workplace(folder.resolve("scratch"), List.of()));
  }

  @AfterEach
  void stop() {
    workers.close();
  }

  private static JsonObject event(String json) {
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }

  private InvocationException failure(String function) {
    return catchThrowableOfType(
        InvocationException.class, () -> workers.call(function, event("{\"v\":1}"), ""));
  }

  @Test
  void aResultComesBackAndWhatTheCodePrintsIsNoted() {
    assertThat(workers.call("double", event("{\"v\":21}"), "t1").toString())
        .isEqualTo("{\"v\":42}");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(notes)
                    .anySatisfy(
                        note ->
                            assertThat(note)
                                .isEqualTo("INFO double t1 seen {from=user code, version=12ab}")));
  }

  @Test
  void aFailureNamesTheFolderOfTheCode() {
    InvocationException failure = failure("broken");
    assertThat(failure.reason()).isEqualTo(Reason.FUNCTION_FAILED);
    assertThat(failure.what()).contains("no value");
    assertThat(failure.fix()).startsWith("Fix code/broken;");
  }

  @Test
  void aFailureNamesTheVersionThatRan() throws IOException {
    assertThat(failure("broken").what()).endsWith(" (code 12ab)");
    UserFunction former = functions.get(1);
    workers.exchange(
        List.of(
            new UserFunction(
                former.name(), "34cd", former.code(), former.path(), former.entry(), List.of())),
        Map.of());
    assertThat(failure("broken").what()).contains("no value").endsWith(" (code 34cd)");
  }

  @Test
  void aFunctionWithoutCodeIsUnknown() {
    InvocationException failure = failure("nobody");
    assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_FUNCTION);
    assertThat(failure.fix()).contains("Add its code");
  }

  @Test
  void anActionMayReturnNothingAndAProcessorMayNot() {
    assertThat(workers.call("act", event("{}"), "").toString()).isEqualTo("{}");
    assertThat(failure("nothing").what()).contains("it returned nothing");
  }

  @Test
  void aClosedPoolIsUnavailable() {
    workers.close();
    assertThat(failure("double").reason()).isEqualTo(Reason.UNAVAILABLE);
  }
}
