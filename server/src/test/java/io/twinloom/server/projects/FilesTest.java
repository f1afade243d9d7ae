package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.server.projects.ServedFolder.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single files of projects, read and changed over REST. */
class FilesTest extends FolderFixture {

  private static final String CODE = "processors/coded/process.py";
  private static final String FILES = "/projects/mill/files/";

  private Path project;

  @BeforeEach
  void add() {
    project = folder.add("mill");
  }

  private Answer put(String path, String content, String... headers) throws Exception {
    return folder.ask("PUT", path, content.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void filesAreListedAndReadWithTheirDigests() throws Exception {
    Files.write(project.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 0, 1});

    JsonObject list = folder.get("/projects/mill/files").json();
    JsonObject code = folder.get(FILES + CODE).json();

    assertThat(ServedFolder.texts(list, "items", "path"))
        .contains("config.json", CODE, "picture.png");
    assertThat(code.text("content")).contains("def process(event):\n    return event\n");
    assertThat(code.text("digest")).contains(Sha256.hex(Files.readAllBytes(project.resolve(CODE))));
    assertThat(folder.get(FILES + "picture.png").code()).isEqualTo("TL-PATH-NOT-TEXT");
    assertThat(folder.get("/projects/mill/config/config").json().text("path"))
        .contains("config.json");
    assertThat(folder.get("/projects/mill/config/picture.png").status()).isEqualTo(404);
    assertThat(folder.get("/projects/mill/config/config.json").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config_credentials.json",
        "config_inter_cloud.json",
        "config_credentials.json.bak",
        "deep/Config_Credentials.JSON",
        "keys/service.json",
        "key.txt",
        ".env"
      })
  @DisplayName("somebody asks the REST interface for credentials")
  void secretsAreNeverGivenOutAndCanBeReplaced(String path) throws Exception {
    Files.createDirectories(project.resolve(path).getParent());
    Files.writeString(
        project.resolve("config_credentials.json"),
        "{\"gcp\": {\"gcp_credentials_file\": \"keys/./service.json\"}}");
    if (!path.equals("config_credentials.json")) {
      Files.writeString(project.resolve(path), "-----BEGIN PRIVATE KEY-----");
    }
    if (path.startsWith("keys/")) {
      Files.writeString(project.resolve(path), "{\"a\": \"secret\"}");
    }

    Answer answer = folder.get(FILES + path);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("TL-API-SECRET");
    if (path.equals("config_credentials.json") || path.equals("config_inter_cloud.json")) {
      assertThat(folder.get("/projects/mill/config/" + path.replace(".json", "")).status())
          .isEqualTo(403);
    }
    Answer replaced = put(FILES + path + "?force=true", "{\"aws\": {}}");
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../other/config.json",
        "%2e%2e/other/config.json",
        "..%2fother%2fconfig.json",
        "processors/../../other/config.json",
        "processors%5c..%5cx",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "C:%2fx",
        ".twinloom/journal.json",
        "a/.git/config",
        ".",
        "..",
        "a//b",
        "a%01b",
        "link/x",
        "inside/process.py",
      })
  @DisplayName("somebody names files outside of a project over REST")
  void noPathLeadsOutOfTheProject(String path) throws Exception {
    folder.add("other");
    Files.createDirectories(project.resolve(".twinloom"));
    Files.writeString(project.resolve(".twinloom/journal.json"), "{}");
    Files.createSymbolicLink(project.resolve("link"), Path.of("/tmp"));
    Files.createSymbolicLink(project.resolve("inside"), project.resolve("processors/coded"));
    List<String> before = FolderContents.files(place);

    int read = folder.get(FILES + path).status();
    int written = put(FILES + path + "?force=true", "{}").status();
    int deleted =
        path.startsWith("inside")
            ? 404
            : folder.ask("DELETE", FILES + path + "?force=true", ServedFolder.NOTHING).status();

    assertThat(read).isIn(path.startsWith("inside") ? 200 : 404, 404, 422);
    assertThat(written).isIn(404, 405, 422);
    assertThat(deleted).isIn(404, 405, 422);
    assertThat(FolderContents.files(place).stream().filter(f -> !f.startsWith("cache")))
        .containsExactlyElementsOf(before.stream().filter(f -> !f.startsWith("cache")).toList());
  }

  @Test
  @DisplayName("somebody breaks a project over REST")
  void whatWouldMakeTheProjectInvalidIsNotWrittenUnlessForced() throws Exception {
    Answer checked = put(FILES + CODE + "?dryRun=true", "def process(event:\n");
    Answer refused = put(FILES + CODE, "def process(event:\n");
    Answer config = folder.json("PUT", "/projects/mill/config/config", "{}");
    Answer noJson = folder.json("PUT", "/projects/mill/config/config", "{");
    Answer otherName = folder.json("PUT", "/projects/mill/config/config.json", "{}");
    assertThat(otherName.status()).as("its name is without .json").isEqualTo(404);
    Answer removed = folder.ask("DELETE", FILES + "config_providers.json", ServedFolder.NOTHING);
    Answer needed = folder.ask("DELETE", FILES + "config.json?force=true", ServedFolder.NOTHING);
    boolean same = Files.readString(project.resolve(CODE)).contains("return event");
    Answer forced = put(FILES + CODE + "?force=true", "def process(event:\n");

    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.json().get("written")).isEqualTo(JsonBoolean.FALSE);
    assertThat(ServedFolder.texts(checked.json(), "problems", "file")).contains(CODE);
    for (Answer answer : List.of(refused, config, removed, needed)) {
      assertThat(answer.code()).isEqualTo("TL-API-INVALID");
      assertThat(answer.json().array("errors").orElseThrow().size()).isPositive();
    }
    assertThat(noJson.status()).isEqualTo(400);
    assertThat(same).isTrue();
    assertThat(forced.json().get("written")).isEqualTo(JsonBoolean.TRUE);
    assertThat(folder.get("/projects/mill").json().get("valid")).isEqualTo(JsonBoolean.FALSE);
  }

  @Test
  void aFileIsReplacedWhereItIsWhatItWasWhenItWasRead() throws Exception {
    String digest = folder.get(FILES + CODE).json().text("digest").orElseThrow();
    String other = "def process(event):\n    event['a'] = 1\n    return event\n";

    Answer changed = put(FILES + CODE, other, "If-Match", "\"" + digest + "\"");
    Answer late = put(FILES + CODE, "x = 1\n", "If-Match", digest);
    Answer again = put(FILES + CODE, other);

    assertThat(changed.json().get("written")).isEqualTo(JsonBoolean.TRUE);
    assertThat(late.status()).isEqualTo(409);
    assertThat(again.json().get("unchanged")).isEqualTo(JsonBoolean.TRUE);
    assertThat(project.resolve(CODE)).hasContent(other);
    assertThat(put(FILES + "Config.json", "{}").code()).isEqualTo("TL-PATH-OUTSIDE");
    assertThat(put(FILES + "Processors/x.py", "x = 1\n").code()).isEqualTo("TL-PATH-OUTSIDE");
    assertThat(put(FILES + "processors", "x").code()).isEqualTo("TL-PATH-OUTSIDE");
    assertThat(put(FILES + "config.json/x", "x").code()).isEqualTo("TL-PATH-OUTSIDE");
    assertThat(put(FILES + "notes/a.txt", "new").json().get("written")).isEqualTo(JsonBoolean.TRUE);
    assertThat(folder.ask("DELETE", FILES + "notes/a.txt", ServedFolder.NOTHING).status())
        .isEqualTo(200);
    assertThat(project.resolve("notes")).doesNotExist();
  }

  @Test
  void aFileIsCheckedByItselfAndInItsProject() throws Exception {
    Answer alone = post("/validation/file?path=config_providers.json", "{\"layer_1_provider\": 5}");
    Answer code = post("/validation/file?path=processors/any/process.py", "def other():\n  pass\n");
    Answer fine =
        post(
            "/validation/file?path=processors/any/process.py",
            "def process(event):\n    return event\n");
    Answer inside =
        post("/validation/file?path=config_iot_devices.json&project=mill", "[{\"id\": \"x\"}]");

    assertThat(ServedFolder.texts(alone.json(), "problems", "file"))
        .isNotEmpty()
        .containsOnly("config_providers.json");
    assertThat(code.json().get("valid")).as(code.text()).isEqualTo(JsonBoolean.FALSE);
    assertThat(fine.json().get("valid")).as(fine.text()).isEqualTo(JsonBoolean.TRUE);
    assertThat(inside.json().array("problems").orElseThrow().size()).isPositive();
    assertThat(folder.get("/projects/mill/validation?target=local").json().get("valid"))
        .isEqualTo(JsonBoolean.TRUE);
    assertThat(post("/validation/file?path=../x", "x").status()).isEqualTo(422);
  }

  private Answer post(String path, String body) throws Exception {
    return folder.ask("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theCodeOfOneFunctionIsReplacedAlone() throws Exception {
    JsonObject functions = folder.get("/projects/mill/functions").json();
    String name =
        ServedFolder.texts(functions, "items", "name").stream()
            .filter(n -> n.contains("coded"))
            .findFirst()
            .orElseThrow();
    String path = "/projects/mill/functions/" + name + "/code";
    JsonObject code = folder.get(path).json();

    Answer same = folder.json("PUT", path, files("def process(event):\\n    return event\\n"));
    Answer wrong = folder.json("PUT", path, files("def process(:"));
    Answer outside =
        folder.json("PUT", path, "{\"files\": [{\"path\": \"../plain/x.py\", \"content\": \"\"}]}");
    Answer other =
        folder.json("PUT", path, files("def process(event):\\n    return {**event, 'v': 2}\\n"));

    assertThat(code.text("path")).contains("processors/coded");
    assertThat(ServedFolder.texts(code, "files", "path")).containsExactly("process.py");
    assertThat(same.json().get("unchanged")).isEqualTo(JsonBoolean.TRUE);
    assertThat(wrong.code()).isEqualTo("TL-API-INVALID");
    assertThat(outside.status()).isEqualTo(422);
    assertThat(other.json().get("unchanged")).isEqualTo(JsonBoolean.FALSE);
    assertThat(other.json().get("live")).isEqualTo(JsonBoolean.FALSE);
    assertThat(other.json().text("digest")).isNotEqualTo(code.text("digest"));
    assertThat(Files.readString(project.resolve(CODE))).contains("'v': 2");
    assertThat(folder.get("/projects/mill/functions/none/code").status()).isEqualTo(404);
  }

  private static String files(String content) {
    return "{\"files\": [{\"path\": \"process.py\", \"content\": \"" + content + "\"}]}";
  }
}
