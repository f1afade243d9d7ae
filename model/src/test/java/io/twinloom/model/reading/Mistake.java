package io.twinloom.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** The good project with one mistake in it, and what must be said of that. */
final class Mistake {
  private final String title;
  private final TestProject project;
  private final List<String> expected = new ArrayList<>();
  private final List<String> expectedOnClouds = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private boolean hasError;

  private Mistake(String title, TestProject project) {
    this.title = title;
    this.project = project;
  }

  static Mistake of(String title, TestProject project) {
    return new Mistake(title, project);
  }

  /** The good project, in which a text of a file stands in another's place. */
  static Mistake in(String title, String file, String from, String to) {
    return of(title, TestProject.good().change(file, from, to));
  }

  Mistake error(String code, String file, int line, String pointer) {
    hasError = true;
    return expect(Severity.ERROR, code, file, line, pointer);
  }

  Mistake warning(String code, String file, int line, String pointer) {
    return expect(Severity.WARNING, code, file, line, pointer);
  }

  /** An error for the clouds, and a warning for the local target, which does not read the file. */
  Mistake errorOnClouds(String code, String file, int line, String pointer) {
    expectedOnClouds.add(Severity.ERROR + " " + code + " " + file + ":" + line + " " + pointer);
    return warning(code, file, line, pointer);
  }

  /** A warning for the clouds alone. */
  Mistake warningOnCloudsOnly(String code, String file, int line, String pointer) {
    expectedOnClouds.add(Severity.WARNING + " " + code + " " + file + ":" + line + " " + pointer);
    return this;
  }

  /** Something that stands in the message or the fix of some problem. */
  Mistake saying(String... texts) {
    words.addAll(List.of(texts));
    return this;
  }

  private Mistake expect(Severity severity, String code, String file, int line, String pointer) {
    expected.add(severity + " " + code + " " + file + ":" + line + " " + pointer);
    return this;
  }

  /** Exactly the expected problems are reported, each with something to say and to do. */
  void check() {
    Reading reading = project.read();
    List<String> found = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    List<Problem> onClouds =
        reading.project().map(p -> p.cloudSettings().problems()).orElse(List.of());
    for (Problem p : onClouds) {
      said.append(p.message()).append('\n').append(p.fix()).append('\n');
    }
    for (Problem p : reading.problems()) {
      found.add(inShort(p));
      said.append(p.message()).append('\n').append(p.fix()).append('\n');
      assertThat(p.message()).isNotBlank().endsWith(".").doesNotContain("Exception", "\n");
      assertThat(p.fix()).isNotBlank().matches(".*[.?]").doesNotContain("\n");
    }
    assertThat(found).as(said.toString()).containsExactlyInAnyOrderElementsOf(expected);
    if (reading.isValid()) {
      assertThat(onClouds)
          .extracting(Mistake::inShort)
          .containsExactlyInAnyOrderElementsOf(expectedOnClouds);
    }
    for (String text : words) {
      assertThat(said.toString()).contains(text);
    }
    assertThat(reading.isValid()).isEqualTo(!hasError);
  }

  private static String inShort(Problem p) {
    return p.severity() + " " + p.code() + " " + p.file() + ":" + p.line() + " " + p.pointer();
  }

  @Override
  public String toString() {
    return title;
  }
}
