package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.server.projects.ServedFolder.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What commands write into folders, over REST. */
class OutputRoutesTest extends FolderFixture {

  @BeforeEach
  void add() {
    folder.add("mill");
  }

  private static Map<String, String> files(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void packagesAreOneZipWithAFolderForEachCloud() throws Exception {
    assertThat(files(folder.get("/projects/mill/packages")))
        .containsExactly(Map.entry("aws/system.zip", "packages of mill"));
  }

  @Test
  @DisplayName("A snapshot over REST has no secrets unless they are asked for")
  void aSnapshotHasNoSecretsUnlessTheyAreAskedFor() throws Exception {
    assertThat(folder.get("/projects/mill/snapshot").text()).endsWith("without secrets");
    assertThat(folder.get("/projects/mill/snapshot?secrets=true").text()).endsWith("with secrets");
  }

  @Test
  void dashboardsAreThoseOfTheCommand() throws Exception {
    assertThat(files(folder.get("/projects/mill/grafana")))
        .containsKeys("dashboards/overview.json", "dashboards/device.json", "environment.example");
    assertThat(files(folder.get("/projects/mill/grafana?for=azure")).get("environment.example"))
        .contains("TWINLOOM_READER_URL");
    assertThat(folder.get("/projects/mill/grafana?for=nimbus").status()).isEqualTo(400);
  }

  @Test
  void nothingOfItIsLeftOnTheServer() throws Exception {
    folder.get("/projects/mill/packages");
    folder.get("/projects/mill/grafana");
    try (Stream<Path> all = Files.walk(place)) {
      assertThat(all.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith(".made-"));
    }
  }
}
