package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.server.projects.ServedFolder.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Projects are made, replaced, exported, deleted and restored over REST. */
class UploadsTest extends FolderFixture {

  private static final String CREDENTIALS =
      "{\"aws\": {\"aws_access_key_id\": \"AKIA\", \"aws_secret_access_key\": \"very secret\","
          + " \"aws_region\": \"eu-central-1\"}}";

  private Answer create(String id) throws Exception {
    return folder.zip(
        "POST", "/projects?name=" + id, ServedFolder.zip(ServedFolder.project("mill")));
  }

  @Test
  @DisplayName("somebody sends a project to a machine that serves a folder")
  void anUploadMakesAProject() throws Exception {
    Answer made = create("mill-1");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().get("created")).isEqualTo(JsonBoolean.TRUE);
    assertThat(made.json().get("version")).isEqualTo(JsonNull.NULL);
    assertThat(folder.entries()).containsExactly("mill-1");
    assertThat(ServedFolder.texts(folder.get("/projects").json(), "items", "twin"))
        .containsExactly("mill");
    assertThat(folder.get("/projects/mill-1").json().get("valid")).isEqualTo(JsonBoolean.TRUE);
    assertThat(create("mill-1").code()).isEqualTo("TL-PROJECT-EXISTS");
    assertThat(create("MILL-1").code()).isEqualTo("TL-PROJECT-EXISTS");
  }

  @Test
  @DisplayName("somebody makes a project from an example over REST")
  void anExampleMakesAProject() throws Exception {
    Answer made = folder.ask("POST", "/projects?name=mill&example=smallest", ServedFolder.NOTHING);

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(folder.get("/projects/mill").json().get("valid")).isEqualTo(JsonBoolean.TRUE);
    assertThat(folder.entries()).containsExactly("mill");
    assertThat(folder.ask("POST", "/projects?name=m&example=other", ServedFolder.NOTHING).status())
        .isEqualTo(400);
    assertThat(folder.entries()).containsExactly("mill");
  }

  @Test
  @DisplayName("a program sends a ZIP and names an example")
  void aZipAndAnExampleTogetherAreRefusedWhateverTheirSize() throws Exception {
    for (byte[] body : List.of(new byte[] {1}, new byte[5_000_000])) {
      Answer both = folder.zip("POST", "/projects?name=m&example=smallest", body);

      assertThat(both.status()).isEqualTo(400);
      assertThat(both.code()).isEqualTo("TL-API-PARAMETER");
      assertThat(both.json().text("where")).contains("example");
      assertThat(both.text()).contains("without a body");
    }
    assertThat(folder.entries()).isEmpty();
  }

  @Test
  void aLargeZipIsRefusedForItsName() throws Exception {
    folder.add("mill");

    assertThat(folder.zip("POST", "/projects?name=mill", new byte[5_000_000]).code())
        .isEqualTo("TL-PROJECT-EXISTS");
    assertThat(folder.zip("PUT", "/projects/mil", new byte[5_000_000]).code())
        .isEqualTo("TL-PROJECT-UNKNOWN");
  }

  @Test
  void aReplacedProjectKeepsItsFormerVersionAndItsSecrets() throws Exception {
    create("mill");
    Files.writeString(folder.root.resolve("mill/config_credentials.json"), CREDENTIALS);
    ProjectBuilder other = ProjectBuilder.of("mill").device("other", "t");

    Answer replaced = folder.zip("PUT", "/projects/mill", ServedFolder.zip(other));

    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    String version = replaced.json().text("version").orElseThrow();
    assertThat(folder.root.resolve("mill/processors")).doesNotExist();
    Path secret = folder.root.resolve("mill/config_credentials.json");
    assertThat(secret).hasContent(CREDENTIALS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(ServedFolder.texts(folder.get("/projects/mill/versions").json(), "items", "id"))
        .containsExactly(version);
    Answer back = folder.json("POST", "/projects/mill/versions/" + version + "/restore", "{}");
    assertThat(back.status()).isEqualTo(200);
    assertThat(folder.root.resolve("mill/processors/coded/process.py")).exists();
    assertThat(ServedFolder.texts(folder.get("/projects/mill/versions").json(), "items", "id"))
        .hasSize(2);
    assertThat(folder.json("POST", "/projects/mill/versions/../restore", "{}").status())
        .isIn(404, 405);
    assertThat(folder.json("POST", "/projects/mill/versions/%2e%2e/restore", "{}").code())
        .isEqualTo("TL-VERSION-UNKNOWN");
  }

  @Test
  void aReplacementThatWasCutOffIsBroughtToItsEndByTheNextStart() throws Exception {
    create("mill");
    Path pending = folder.root.resolve(ProjectFolders.VERSIONS + "/mill/.pending");
    ProjectBuilder.of("mill").device("other", "t").writeTo(pending);
    // As a process leaves it that was killed in the midst of it.
    Files.delete(folder.root.resolve("mill/config_iot_devices.json"));
    folder.close();

    folder = ServedFolder.in(place);

    assertThat(pending).doesNotExist();
    assertThat(folder.get("/projects/mill").text()).contains("\"other\"").doesNotContain("coded");
  }

  @Test
  void anExportHoldsNoSecretAndMakesTheSameProject() throws Exception {
    Path project = folder.add("mill");
    Files.writeString(
        project.resolve("config_credentials.json"),
        CREDENTIALS.replace(
            "{\"aws\"", "{\"gcp\": {\"gcp_credentials_file\": \"./keys/x.json\"}, \"aws\""));
    Files.createDirectories(project.resolve("keys"));
    Files.writeString(project.resolve("keys/x.json"), "{\"token\": \"very secret\"}");
    Files.writeString(project.resolve("config_credentials.json.bak"), CREDENTIALS);
    Files.writeString(project.resolve("note.txt"), "-----BEGIN PRIVATE KEY-----\nvery secret");
    Files.createDirectories(project.resolve(".twinloom"));
    Files.writeString(project.resolve(".twinloom/x"), "very secret");

    Answer export = folder.get("/projects/mill/export");

    assertThat(export.status()).isEqualTo(200);
    assertThat(names(export.body()))
        .contains("config.json", "config_iot_devices.json", "processors/coded/process.py")
        .isSorted()
        .noneMatch(n -> n.contains("credentials") || n.contains("keys") || n.contains(".twinloom"))
        .doesNotContain("note.txt");
    assertThat(folder.get("/projects/mill/export").body()).isEqualTo(export.body());
    assertThat(folder.zip("POST", "/projects?name=copy", export.body()).status()).isEqualTo(201);
    assertThat(folder.get("/projects/copy").json().get("valid")).isEqualTo(JsonBoolean.TRUE);
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void aDeletedProjectCanBeRestored() throws Exception {
    create("mill");

    assertThat(folder.ask("DELETE", "/projects/mill", ServedFolder.NOTHING).status())
        .isEqualTo(204);
    assertThat(folder.entries()).isEmpty();
    assertThat(folder.get("/projects/mill").code()).isEqualTo("TL-PROJECT-UNKNOWN");
    String version =
        ServedFolder.texts(folder.get("/projects/mill/versions").json(), "items", "id").getFirst();
    assertThat(
            folder.json("POST", "/projects/mill/versions/" + version + "/restore", "{}").status())
        .isEqualTo(200);
    assertThat(folder.entries()).containsExactly("mill");
  }

  @Test
  @DisplayName("somebody deletes a project whose twin has data")
  void whatHoldsDataOrIsOnCloudsIsNotDeletedUnasked() throws Exception {
    Path project = folder.add("mill");
    folder.places.up(project);
    folder.places.end();

    Answer unasked = folder.ask("DELETE", "/projects/mill", ServedFolder.NOTHING);
    Answer otherName = folder.ask("DELETE", "/projects/mill?confirm=yes", ServedFolder.NOTHING);
    folder.places.onClouds.add(project);
    Answer onClouds = folder.ask("DELETE", "/projects/mill?confirm=mill", ServedFolder.NOTHING);
    folder.places.onClouds.clear();
    boolean stillThere = Files.exists(project.resolve(".twinloom"), LinkOption.NOFOLLOW_LINKS);
    Answer asked = folder.ask("DELETE", "/projects/mill?confirm=mill", ServedFolder.NOTHING);

    assertThat(List.of(unasked.code(), otherName.code())).containsOnly("TL-PROJECT-HOLDS-DATA");
    assertThat(onClouds.code()).isEqualTo("TL-PROJECT-DEPLOYED");
    assertThat(stillThere).isTrue();
    assertThat(asked.status()).isEqualTo(204);
    assertThat(folder.entries()).isEmpty();
  }
}
