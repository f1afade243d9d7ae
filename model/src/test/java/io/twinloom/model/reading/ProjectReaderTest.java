package io.twinloom.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinloom.json.JsonObject;
import io.twinloom.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {
  @TempDir Path dir;

  private Path goodFolder() throws IOException {
    Path folder = dir.resolve("good");
    TestProject good = TestProject.good();
    for (String path : good.below("")) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, good.read(path).orElseThrow());
    }
    return folder;
  }

  @Test
  void aFolderReadsAsTheSameProjectAsItsFiles() throws IOException {
    assertThat(ProjectReader.read(goodFolder())).isEqualTo(TestProject.good().read());
  }

  @Test
  void aZipReadsAsTheSameProjectAsItsFiles() throws IOException {
    Path zip = dir.resolve("good.zip");
    TestProject good = TestProject.good();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String path : good.below("")) {
        out.putNextEntry(new ZipEntry("factory/" + path));
        out.write(good.read(path).orElseThrow());
      }
    }

    assertThat(ProjectReader.read(zip)).isEqualTo(good.read());
  }

  @Test
  void whatCannotBeOpenedIsAProblemToo() {
    Reading reading = ProjectReader.read(dir.resolve("nothing"));

    assertThat(reading.isValid()).isFalse();
    assertThat(reading.problems()).extracting(Problem::code).containsExactly("TL-PROJECT-MISSING");
  }

  @Test
  void aLinkThatLeavesTheFolderMakesTheProjectInvalid() throws IOException {
    Path folder = goodFolder();
    Files.createSymbolicLink(folder.resolve("processors/belt-1"), dir);

    Reading reading = ProjectReader.read(folder);

    assertThat(reading.isValid()).isFalse();
    assertThat(reading.problems())
        .extracting(Problem::code, Problem::file)
        .containsExactly(tuple("TL-FILE-LINK", "processors/belt-1"));
  }

  @Test
  void aRuleKeepsItsTextForTheActionsThatAreGivenIt() {
    JsonObject source = TestProject.good().read().project().orElseThrow().rules().get(0).source();

    assertThat(source.object("action").orElseThrow().text("functionName")).contains("alarm");
  }
}
