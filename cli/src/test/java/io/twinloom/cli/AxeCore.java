package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/** axe-core, which looks for violations of WCAG in what a browser shows. */
final class AxeCore {

  private static final String SCRIPT = "/axe-core@4.11.1/axe.min.js";

  private AxeCore() {}

  /** What it finds, one line each. */
  static List<String> violations(JavascriptExecutor browser) {
    browser.executeScript(script());
    Object found =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations'],
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
              .then(r => done(r.violations.flatMap(v => v.nodes.map(n =>
                v.id + ': ' + n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? ''))).slice(0, 20)))
              .catch(e => done([String(e)]));
            """);
    return found instanceof List<?> lines
        ? lines.stream().map(String::valueOf).toList()
        : List.of("axe answered " + found);
  }

  private static String script() {
    try (InputStream in = AxeCore.class.getResourceAsStream(SCRIPT)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
