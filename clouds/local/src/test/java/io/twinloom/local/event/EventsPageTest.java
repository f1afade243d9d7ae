package io.twinloom.local.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.json.Json;
import io.twinloom.local.worker.UserFunction;
import io.twinloom.local.worker.WorkerUserFunctions;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import io.twinloom.worker.WorkerLimits;
import io.twinloom.worker.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code on the page docs/events.md does what the page says. */
class EventsPageTest {

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<!-- example: (\\S+) ([^\n]+) => ([^\n]+) -->\\n```python\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyExampleGivesWhatThePageSays() throws IOException {
    String page = Files.readString(Path.of("../../docs/events.md"));
    List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
    assertThat(page.split("```python", -1)).hasSize(1 + examples.size());
    List<UserFunction> functions = new ArrayList<>();
    for (MatchResult example : examples) {
      Path code = Files.createDirectories(folder.resolve(example.group(1)));
      Files.writeString(code.resolve("process.py"), example.group(4));
      functions.add(
          new UserFunction(
              example.group(1),
              new UserCode(
                  Role.EVENT_ACTION,
                  example.group(1),
                  "event_actions/" + example.group(1),
                  Form.PYTHON_PROCESS,
                  Optional.empty()),
              List.of(code),
              "process.py",
              List.of()));
    }
    try (WorkerUserFunctions pools =
        WorkerUserFunctions.start(
            functions,
            Map.of(),
            WorkerLimits.DEFAULTS,
            () -> InvocationLog.SILENT,
            new Workplace(folder.resolve("workers"), List.of()))) {
      for (MatchResult example : examples) {
        assertThat(
                pools
                    .call(
                        example.group(1),
                        Json.parseObject(example.group(2).getBytes(StandardCharsets.UTF_8)),
                        "")
                    .toString())
            .as(example.group(1))
            .isEqualTo(example.group(3));
      }
    }
  }
}
