package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.server.api.ApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/rest.md are run, and the routes that it names exist. */
class RestPageTest {

  private static final Path PAGE = Path.of("../docs/rest.md").toAbsolutePath().normalize();
  private static final Pattern EXAMPLE = Pattern.compile("```http\n(.+?)\n```", Pattern.DOTALL);
  private static final Pattern ROUTE = Pattern.compile("`(GET|POST|PUT|DELETE) (/[^`?]*)`");

  @TempDir Path folder;

  @Test
  void everyExampleIsAnsweredAsTheDocumentSays() throws Exception {
    List<String> examples = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    while (example.find()) {
      examples.add(example.group(1));
    }
    assertThat(examples).hasSizeGreaterThan(10);
    try (GreenhouseTwin twin = GreenhouseTwin.start(folder)) {
      for (String one : examples) {
        String[] lines = one.split("\n", 2);
        String[] request = lines[0].split(" ", 2);
        assertThat(twin.ask(request[0], request[1], lines.length > 1 ? lines[1] : "").statusCode())
            .as(one)
            .isLessThan(300);
      }
    }
  }

  @Test
  void everyRouteThatThePageNamesIsThere() throws IOException {
    Set<String> documented = new TreeSet<>();
    ApiDocument.current().operations().forEach(o -> documented.add(o.method() + " " + o.path()));
    Set<String> named = new TreeSet<>();
    Matcher route = ROUTE.matcher(Files.readString(PAGE));
    while (route.find()) {
      named.add(route.group(1) + " " + route.group(2));
    }
    assertThat(named).hasSizeGreaterThan(25);
    assertThat(documented).containsAll(named);
  }
}
