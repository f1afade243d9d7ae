package io.twinloom.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.UserCode.Form;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The problems that checking finds in folders of user code, and what it prepares of the rest. */
class UserCodeCheckerTest {
  private static final String PROCESSOR =
      """
      import io.twinloom.api.Processor;
      import java.util.Map;

      public class Code implements Processor {
        public Map<String, Object> process(Map<String, Object> event) {
          return event;
        }
      }
      """;

  @TempDir Path cache;
  private final FakeProject project = new FakeProject();

  private CheckedCode check() {
    return checker(System.getenv("PATH")).check(project, project.code);
  }

  private UserCodeChecker checker(String searchPath) {
    return UserCodeChecker.of(cache, searchPath, InstantSource.fixed(Instant.EPOCH));
  }

  @Test
  void pythonCodeIsPreparedWithItsFiles() {
    project
        .python("pump", "import own\ndef process(event):\n    return event\n")
        .with(Form.PYTHON_PROCESS, "pump", "own.py", "x = 1\n")
        .with(Form.PYTHON_PROCESS, "pump", "data/table.csv", "a,b\n");

    CheckedCode checked = check();

    assertThat(checked.problems()).isEmpty();
    PreparedCode prepared = checked.prepared().getFirst();
    assertThat(prepared.entry()).isEqualTo("process.py");
    assertThat(prepared.path()).hasSize(1);
    assertThat(prepared.path().getFirst()).isDirectoryRecursivelyContaining("glob:**/table.csv");
  }

  @Test
  void javaCodeIsCompiledAndItsClassIsFound() {
    project
        .java("pump", PROCESSOR)
        .with(Form.JAVA_SOURCE, "pump", "Own.java", "class Own {}")
        .with(Form.JAVA_SOURCE, "pump", "limits.txt", "12");

    CheckedCode checked = check();

    assertThat(checked.problems()).isEmpty();
    PreparedCode prepared = checked.prepared().getFirst();
    assertThat(prepared.entry()).isEqualTo("Code");
    assertThat(prepared.path().getFirst().resolve("Code.class")).exists();
    assertThat(prepared.path().getFirst().resolve("limits.txt")).hasContent("12");
  }

  @Test
  void everyProblemOfEveryFolderIsFoundAtOnceWithItsLine() {
    project
        .python("a", "def process(event):\n    return event\n\ndef broken(:\n")
        .java("b", PROCESSOR.replace("return event;", "return evnt;"))
        .python("c", "x = 1\n")
        .java("d", PROCESSOR);

    CheckedCode checked = check();

    assertThat(checked.problems())
        .extracting(p -> p.code() + " " + p.file() + ":" + p.line())
        .containsExactly(
            "TL-CODE-SYNTAX processors/a/process.py:4",
            "TL-CODE-COMPILE processors/b/Code.java:6",
            "TL-CODE-ENTRY-POINT processors/c/process.py:0");
    assertThat(checked.prepared()).extracting(p -> p.code().name()).containsExactly("d");
  }

  @Test
  void checkingRunsNoLineOfTheCode() {
    Path trace = cache.resolve("trace");
    project
        .python("a", "open(%s, 'w')\ndef process(e): return e\n".formatted("'" + trace + "'"))
        .java(
            "b",
            PROCESSOR.replace(
                "public Map",
                "static { try { new java.io.FileWriter(\"%s\").close(); } catch (Exception e) {} }\n"
                        .formatted(trace)
                    + "public Map"));

    assertThat(check().problems()).isEmpty();
    assertThat(trace).doesNotExist();
  }

  @Test
  void withoutPythonItSaysWhatToInstallAndForgetsThatAgain() {
    project.python("a", "def process(e): return e\n");

    Problem problem = checker(cache.toString()).check(project, project.code).problems().getFirst();

    assertThat(problem.code()).isEqualTo("TL-CODE-NO-PYTHON");
    assertThat(problem.fix()).contains("Python 3.8");
    assertThat(check().problems()).isEmpty();
  }

  @Test
  void sourceThatEndsPythonItselfIsAProblemOfItsOwnFolderOnly() {
    project
        .python("deep", "x = " + "(".repeat(100_000) + ")".repeat(100_000))
        .python("nul", "def process(e): return e\n\0")
        .python("fine", "def process(e): return e\n");

    CheckedCode checked = check();

    assertThat(checked.prepared()).extracting(p -> p.code().name()).containsExactly("fine");
    assertThat(checked.problems())
        .extracting(Problem::file)
        .allMatch(f -> f.startsWith("processors/deep") || f.startsWith("processors/nul"))
        .hasSize(2);
  }

  @Test
  @DisplayName("user code imports a module that is not there")
  void importsThatNothingProvidesAreWarnings() {
    project
        .python(
            "a",
            """
            import json, nowhere
            from helpers import x
            from own import deeper
            from . import own
            try:
                import orjson_or_so
            except ImportError:
                pass
            def process(event):
                import lazily_missing
                return event
            """)
        .with(Form.PYTHON_PROCESS, "a", "own/__init__.py", "from .deeper import V\n")
        .with(Form.PYTHON_PROCESS, "a", "own/deeper.py", "import missing_below\nV = 1\n")
        .with(Form.PYTHON_PROCESS, "a", "tests/test_own.py", "import unknown_test_tool\n")
        .with(Form.PYTHON_PROCESS, "a", "data.so", "not looked into");

    CheckedCode checked = check();

    assertThat(checked.problems())
        .allMatch(p -> p.severity() == Severity.WARNING && p.code().equals("TL-CODE-IMPORT"))
        .extracting(p -> p.file() + ":" + p.line() + " " + p.message().split(",")[0])
        .containsExactly(
            "processors/a/process.py:1 It imports 'nowhere'",
            "processors/a/process.py:2 It imports 'helpers'",
            "processors/a/process.py:4 A relative import",
            "processors/a/process.py:10 It imports 'lazily_missing'",
            "processors/a/own/deeper.py:1 It imports 'missing_below'");
    assertThat(checked.prepared()).hasSize(1);
    assertThat(check()).isEqualTo(checked);
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere==1.0, true",
    // Its modules may have any name.
    "PyNowhere>=2, true",
    "python-nowhere[all], true",
    "an-unrelated-package==1.0, false",
    "pip, false",
    "git+https://example.invalid/x.git#egg=x, true",
    "./nowhere-1.0-py3-none-any.whl, true",
    "-r more.txt, true",
    "--no-index, false",
    "# nowhere, false",
  })
  void requirementsMayProvideWhatIsImported(String line, boolean provided) {
    project
        .python("a", "import nowhere\ndef process(e): return e\n")
        .with(Form.PYTHON_PROCESS, "a", "requirements.txt", line + "\n");

    assertThat(check().problems()).hasSize(provided ? 0 : 1);
  }

  @Test
  @DisplayName("requirements.txt names a package that has nothing to do with a missing module")
  void packagesWhoseModulesHaveOtherNamesAreKnown() {
    project
        .python("a", "import sklearn, PIL, nowhere\ndef process(e): return e\n")
        .with(Form.PYTHON_PROCESS, "a", "requirements.txt", "scikit-learn\nPillow\n");

    assertThat(check().problems())
        .extracting(p -> p.code() + " " + p.message().split(",")[0])
        .containsExactly("TL-CODE-IMPORT It imports 'nowhere'");
  }

  @Test
  @DisplayName("a source file is in Latin-1, in UTF-16 or begins with a byte order mark")
  void sourcesInOtherEncodingsAreNamedWithTheirLineAndByte() {
    String java = PROCESSOR.replace("class Code", "/* gr\u00f6\u00dfe */ class Code");
    String python = "def process(event):\n    return {'v': 'caf\u00e9'}\n";
    Charset latin = StandardCharsets.ISO_8859_1;
    Charset utf16 = StandardCharsets.UTF_16;
    project
        .with(Form.JAVA_SOURCE, "a", "Code.java", java.getBytes(latin))
        .with(Form.JAVA_SOURCE, "b", "Code.java", java.getBytes(utf16))
        .with(Form.PYTHON_PROCESS, "c", "process.py", python.getBytes(latin))
        .with(Form.PYTHON_PROCESS, "d", "process.py", python.getBytes(utf16))
        .python("e", "def process(event): return event\n")
        .with(Form.PYTHON_PROCESS, "e", "requirements.txt", "six\r\n".getBytes(utf16));

    assertThat(check().problems())
        .extracting(p -> p.code() + " " + p.file() + ":" + p.line() + " " + p.message())
        .containsExactly(
            "TL-CODE-ENCODING processors/a/Code.java:4"
                + " The file is not in UTF-8: byte 0xF6, byte 13 of line 4, is no part of a character.",
            "TL-CODE-ENCODING processors/b/Code.java:1 The file is in UTF-16, not in UTF-8.",
            "TL-CODE-ENCODING processors/c/process.py:2"
                + " The file is not in UTF-8: byte 0xE9, byte 22 of line 2, is no part of a character.",
            "TL-CODE-ENCODING processors/d/process.py:1 The file is in UTF-16, not in UTF-8.",
            "TL-CODE-ENCODING processors/e/requirements.txt:1 The file is in UTF-16, not in UTF-8.");
    assertThat(check().prepared()).isEmpty();
  }

  @Test
  void aByteOrderMarkAndADeclaredEncodingAreRead() {
    Charset latin = StandardCharsets.ISO_8859_1;
    project
        .java("a", "\ufeff" + PROCESSOR)
        .python("b", "\ufeffdef process(event): return event\n")
        .with(
            Form.PYTHON_PROCESS,
            "c",
            "process.py",
            "# -*- coding: latin-1 -*-\ndef process(e): return {'v': 'caf\u00e9'}\n"
                .getBytes(latin))
        .with(
            Form.PYTHON_PROCESS,
            "c",
            "requirements.txt",
            "# -*- coding: latin-1 -*-\nsix # f\u00fcr\r\n".getBytes(latin));

    assertThat(check().problems()).isEmpty();
    assertThat(check().prepared()).hasSize(3);
  }

  @Test
  void twoFoldersOfTheSameContentAreTwo() {
    project.python("a", "x = 1\n").python("b", "x = 1\n");

    assertThat(check().problems())
        .extracting(Problem::file)
        .isEqualTo(List.of("processors/a/process.py", "processors/b/process.py"));
  }

  @Test
  void whatIsKeptIsReadableByItsOwnerOnly() throws Exception {
    Path inside = cache.resolve("made");
    project.python("a", "def process(e): return e\n");
    UserCodeChecker.of(inside, System.getenv("PATH"), InstantSource.fixed(Instant.EPOCH))
        .check(project, project.code);

    assertThat(Files.getPosixFilePermissions(inside)).hasSize(3);
    assertThat(Files.list(inside)).hasSize(1);
  }
}
