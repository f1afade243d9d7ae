package io.twinloom.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir Path dir;
  private Path project;

  @BeforeEach
  void aFolderWithConfiguration() throws IOException {
    project = Files.createDirectory(dir.resolve("project"));
    write("config.json");
  }

  private Path write(String path) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, path);
  }

  @Test
  void filesAreListedInOrderWithoutThoseOfTools() throws IOException {
    write("processors/b/process.py");
    write("processors/a/process.py");
    write("processors/a/__pycache__/x.pyc");
    write("processors-old/x");
    write(".git/config");
    write(".venv/bin/python");
    write(".twinloom/log");

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.below("processors"))
          .containsExactly("processors/a/process.py", "processors/b/process.py");
      assertThat(files.below("")).hasSize(4).contains("config.json", "processors-old/x");
      assertThat(files.source()).isEqualTo(project.toString());
      assertThat(files.problems()).isEmpty();
    }
  }

  @Test
  void aLinkWithinTheFolderIsFollowed() throws IOException {
    Path real = write("shared/process.py");
    Files.createDirectories(project.resolve("processors"));
    Files.createSymbolicLink(project.resolve("processors/a"), real.getParent());
    Files.createSymbolicLink(project.resolve("copy.json"), Path.of("config.json"));

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.read("processors/a/process.py")).isPresent();
      assertThat(files.read("copy.json")).isPresent();
    }
  }

  @Test
  void aLinkThatLeavesTheFolderIsAProblemAndNoFile() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "x");
    Files.createSymbolicLink(project.resolve("link"), secret);
    Files.createSymbolicLink(project.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(project.resolve("broken"), Path.of("nothing"));

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.below("")).containsExactly("config.json");
      assertThat(files.problems())
          .extracting(Problem::code, Problem::file)
          .containsExactlyInAnyOrder(
              tuple("TL-FILE-LINK", "link"),
              tuple("TL-FILE-LINK", "up"),
              tuple("TL-FILE-LINK", "broken"));
    }
  }

  @Test
  void linksThatGoRoundEndSomewhere() throws IOException {
    Files.createDirectories(project.resolve("a"));
    Files.createDirectories(project.resolve("b"));
    Files.createSymbolicLink(project.resolve("a/x"), Path.of("../b"));
    Files.createSymbolicLink(project.resolve("b/y"), Path.of("../a"));
    Files.createSymbolicLink(project.resolve("self"), Path.of("."));

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.below("")).containsExactly("config.json");
      assertThat(files.problems()).extracting(Problem::file).contains("self", "a/x/y", "b/y/x");
    }
  }

  @Test
  void aFolderWithTooManyFilesIsNoProject() throws IOException {
    Path many = Files.createDirectory(project.resolve("many"));
    for (int i = 0; i < Limits.MAX_ENTRIES; i++) {
      Files.createFile(many.resolve("f" + i));
    }

    assertThatThrownBy(() -> ProjectSource.open(project))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-PROJECT-TOO-LARGE"));
  }

  @Test
  void aNameInTwoPiecesIsTheNameInOne() throws IOException {
    write("processors/u\u0308fen/process.py");

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.below("processors")).containsExactly("processors/\u00fcfen/process.py");
    }
  }

  @Test
  void aFileThatGrewSinceItWasListedIsAnError() throws IOException {
    try (ProjectFiles files = ProjectSource.open(project)) {
      Files.writeString(project.resolve("config.json"), "another text");

      assertThatThrownBy(() -> files.read("config.json")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void everythingIsExtracted() throws IOException {
    write("a/b/c.txt");
    try (ProjectFiles files = ProjectSource.open(project)) {
      files.extract("", dir.resolve("out"));
    }

    assertThat(dir.resolve("out/a/b/c.txt")).hasContent("a/b/c.txt");
    assertThat(dir.resolve("out/config.json")).exists();
  }

  @Test
  void twoNamesThatDifferOnlyInTheirCompositionAreReported() throws IOException {
    write("processors/k\u00fcche/process.py");
    write("processors/ku\u0308che/process.py");
    try (Stream<Path> folders = Files.list(project.resolve("processors"))) {
      Assumptions.assumeTrue(folders.count() == 2, "the file system composes names");
    }

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.problems())
          .extracting(Problem::code, Problem::file)
          .containsExactly(tuple("TL-FILE-TWICE", "processors/küche/process.py"));
    }
  }

  @Test
  @DisplayName("a folder or a named pipe stands in a file's place")
  void whatStandsInAFilesPlaceIsSaid() throws Exception {
    Files.createDirectory(project.resolve("config_events.json"));
    Process made =
        new ProcessBuilder("mkfifo", project.resolve("config_user.json").toString()).start();
    assertThat(made.waitFor()).isZero();

    try (ProjectFiles files = ProjectSource.open(project)) {
      assertThat(files.otherThanFile("config.json")).isEmpty();
      assertThat(files.otherThanFile("config_events.json")).contains("a folder");
      assertThat(files.otherThanFile("config_user.json")).contains("neither a file nor a folder");
      assertThat(files.otherThanFile("nothing")).isEmpty();
    }
  }
}
