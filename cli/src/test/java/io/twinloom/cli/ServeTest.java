package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.command.Catalogue;
import io.twinloom.cli.example.Examples;
import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.server.api.ApiDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve}, in a process of its own, as the page about REST uses it. */
class ServeTest {

  private static final Path PAGE = Path.of("../docs/rest.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .*? \\| (.*) \\|$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\| (`[a-z].*?`) \\| (.*) \\|$");
  private static final Pattern WORD = Pattern.compile("`([a-z-]+)`");
  private static final Pattern OURS = Pattern.compile("`((?:GET|POST|PUT|DELETE) /[^`]*)`");

  @TempDir Path folder;
  private ServedProcess serve;

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "root/site-1");
    if (serve != null) {
      serve.close();
    }
  }

  @Test
  @Tag("full")
  @DisplayName("somebody works with Twinloom over REST alone")
  void theExamplesOfThePageAboutRestWork() throws Exception {
    assertThat(CliRun.in(folder, "init", "my-twin").exitCode()).isEqualTo(ExitCode.DONE);
    serve = ServedProcess.start(folder);
    String script =
        BLOCK
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"))
            .replace("http://127.0.0.1:8417", serve.address().toString());
    Files.writeString(folder.resolve("page.sh"), script);
    Path output = folder.resolve("page.txt");

    Process page =
        ServedProcess.run(folder, output, Map.of(), "bash", "-euxo", "pipefail", "page.sh");

    assertThat(page.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(page.exitValue()).as(Files.readString(output)).isZero();
    serve.process().destroy();
    assertThat(serve.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("root/site-1")).doesNotExist();
  }

  @Test
  @Tag("full")
  @DisplayName("somebody makes a project of each example over REST")
  void everyExampleMakesAValidProject() throws Exception {
    serve = ServedProcess.start(folder);
    for (String example : Examples.NAMES) {
      JsonObject made = serve.post("projects?name=of-" + example + "&example=" + example);

      assertThat(made.text("id")).as(Json.text(made)).contains("of-" + example);
      assertThat(serve.text("projects/of-" + example)).contains("\"valid\":true");
    }
  }

  @Test
  void theDocumentOfTheInterfaceHasTheExamples() {
    JsonObject parameter =
        ApiDocument.current()
            .json()
            .object("paths")
            .flatMap(paths -> paths.object("/projects"))
            .flatMap(path -> path.object("post"))
            .flatMap(post -> post.array("parameters"))
            .orElseThrow()
            .values()
            .stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.text("name").equals(Optional.of("example")))
            .findFirst()
            .orElseThrow();

    assertThat(parameter.object("schema").flatMap(schema -> schema.array("enum")))
        .contains(JsonArray.ofTexts(Examples.NAMES));
  }

  @Test
  @DisplayName("somebody comes from the original's management API")
  void eachOfThe53EndpointsOfTheOriginalHasItsPlaceHere() throws Exception {
    Set<String> known = operations();
    Set<Integer> rows = new TreeSet<>();
    for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
      rows.add(Integer.valueOf(row.group(1)));
      Set<String> ours = ours(row.group(2));
      assertThat(ours).as(row.group()).isNotEmpty();
      assertThat(known).as(row.group()).containsAll(ours);
    }
    assertThat(rows).hasSize(53).contains(1, 53);
  }

  @Test
  @DisplayName("A program does over REST what the commands do")
  void everyCommandHasItsRoutes() throws Exception {
    Set<String> known = operations();
    Set<String> named = new TreeSet<>();
    for (MatchResult row : COMMAND.matcher(Files.readString(PAGE)).results().toList()) {
      WORD.matcher(row.group(1)).results().forEach(word -> named.add(word.group(1)));
      Set<String> ours = ours(row.group(2));
      assertThat(known).as(row.group()).containsAll(ours);
      assertThat(ours.isEmpty()).as(row.group()).isEqualTo(row.group(2).contains("interface"));
    }
    // The launcher's own.
    named.remove("bench");
    assertThat(named).isEqualTo(new TreeSet<>(Catalogue.names()));
  }

  private static Set<String> operations() {
    return ApiDocument.current().operations().stream()
        .map(o -> o.method() + " " + o.path())
        .collect(Collectors.toSet());
  }

  private static Set<String> ours(String cell) {
    return OURS.matcher(cell)
        .results()
        .map(r -> r.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @Tag("full")
  @DisplayName("somebody serves a folder that another process serves")
  void twoProcessesDoNotServeOneFolder() throws Exception {
    serve = ServedProcess.start(folder);
    CliRun second = CliRun.in(folder, "serve", "--root", "root", "--port", "0");

    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.err()).contains("TL-API-FOLDER-HELD", "process " + serve.process().pid());
    serve.process().destroy();
    assertThat(serve.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    serve = ServedProcess.start(folder);
  }

  @Test
  void aFolderThatIsNotThereAndAnAddressWithoutAKeyAreRefused() {
    CliRun none = CliRun.in(folder, "serve", "--root", "none", "--port", "0");
    CliRun open = CliRun.in(folder, "serve", "--port", "0", "--bind", "0.0.0.0");
    CliRun port = CliRun.in(folder, "serve", "--port", "70000");

    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("TL-FILE-NO-FOLDER");
    assertThat(open.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(open.err()).contains("TL-API-KEY-NEEDED", "TWINLOOM_API_KEY");
    assertThat(port.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
