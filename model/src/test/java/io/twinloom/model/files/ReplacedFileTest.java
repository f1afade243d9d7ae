package io.twinloom.model.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {

  private static final String CODE = "processors/a/process.py";

  @TempDir private Path temp;

  @BeforeEach
  void project() throws IOException {
    Files.createDirectories(temp.resolve("project/processors/a"));
    Files.writeString(temp.resolve("project").resolve(CODE), "old");
    Files.writeString(temp.resolve("project/config.json"), "{}");
  }

  @Test
  void whatIsExtractedHasTheOtherContent() throws IOException {
    assertThat(extracted("", "all").resolve(CODE)).hasContent("new");
    assertThat(temp.resolve("all/config.json")).hasContent("{}");
    assertThat(extracted("processors/a", "a").resolve("process.py")).hasContent("new");
  }

  @Test
  void theProjectAndOtherFoldersStayAsTheyAre() throws IOException {
    Files.createDirectories(temp.resolve("project/processors/ab"));
    Files.writeString(temp.resolve("project/processors/ab/process.py"), "another's");

    assertThat(extracted("processors/ab", "ab").resolve("process.py")).hasContent("another's");
    assertThat(temp.resolve("project").resolve(CODE)).hasContent("old");
  }

  private Path extracted(String folder, String name) throws IOException {
    try (FolderFiles files = FolderFiles.open(temp.resolve("project"))) {
      Path directory = temp.resolve(name);
      new ReplacedFile(files, CODE, "new".getBytes(UTF_8)).extract(folder, directory);
      return directory;
    }
  }
}
