package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.server.projects.ServedFolder.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads as attackers send them: refused before anything is written. */
class HostileUploadsTest extends FolderFixture {

  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int ATTRIBUTES = 38;
  private static final int MADE_BY = 4;

  @BeforeEach
  void add() {
    folder.add("there");
  }

  private static byte[] zip(Consumer<ZipOutputStream> more) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      more.accept(zip);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] with(String... names) throws IOException {
    return zip(
        zip -> {
          for (String name : names) {
            add(zip, name, "{}".getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private void refused(byte[] zip, String code) throws Exception {
    for (Answer answer :
        List.of(
            folder.zip("POST", "/projects?name=new", zip),
            folder.zip("PUT", "/projects/there", zip),
            folder.zip("POST", "/validation/zip", zip))) {
      assertThat(answer.status()).as(answer.text()).isIn(413, 422);
      assertThat(answer.code()).isEqualTo(code);
    }
    nothingWasWritten();
  }

  private void nothingWasWritten() throws IOException {
    assertThat(folder.entries()).containsExactly("there");
    assertThat(folder.root.resolve("there/processors/coded/process.py")).exists();
    assertThat(place.resolve("evil")).doesNotExist();
    Path versions = folder.root.resolve(ProjectFolders.VERSIONS);
    if (Files.exists(versions)) {
      // What came is removed once its answer is sent.
      Awaitility.await().ignoreExceptions().untilAsserted(() -> assertNoFileBelow(versions));
    }
  }

  private static void assertNoFileBelow(Path versions) throws IOException {
    try (Stream<Path> left = Files.walk(versions)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/evil",
        "a\\evil",
        "C:/evil",
        "a//b",
        "./../evil",
        "a/./b"
      })
  @DisplayName("somebody uploads a ZIP that leads out of its folder")
  void aPathThatLeadsOutIsRefused(String name) throws Exception {
    refused(with("config.json", name), "TL-ZIP-PATH");
  }

  @Test
  void aLinkOrADeviceIsRefused() throws Exception {
    for (int mode : new int[] {0120777, 0020666, 0060666, 0010666}) {
      byte[] zip = with("config.json", "link");
      ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = zip.length - 4; at >= 0; at--) {
        if (buffer.getInt(at) == DIRECTORY_ENTRY) {
          buffer.put(at + MADE_BY + 1, (byte) 3);
          buffer.putInt(at + ATTRIBUTES, mode << 16);
          break;
        }
      }
      refused(zip, "TL-ZIP-LINK");
    }
  }

  @Test
  @DisplayName("somebody uploads a ZIP that unpacks to far more than its size")
  void aBombIsRefused() throws Exception {
    byte[] zeros = new byte[1 << 20];
    byte[] bomb =
        zip(
            zip -> {
              add(zip, "config.json", "{}".getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 40; i++) {
                add(zip, "zeros-" + i, zeros);
              }
            });

    refused(bomb, "TL-ZIP-RATIO");
  }

  @Test
  void tooManyEntriesAreRefused() throws Exception {
    refused(
        zip(
            zip -> {
              for (int i = 0; i <= 10_000; i++) {
                add(zip, "f" + i, ServedFolder.NOTHING);
              }
            }),
        "TL-ZIP-ENTRIES");
  }

  @Test
  void namesThatAreTheSameOnSomeMachinesAreRefused() throws Exception {
    refused(with("config.json", "Config.json"), "TL-UPLOAD-NAMES");
    refused(with("config.json", "a/x", "A/y"), "TL-UPLOAD-NAMES");
    byte[] twice =
        new String(with("config.json", "configXjson"), StandardCharsets.ISO_8859_1)
            .replace("configXjson", "config.json")
            .getBytes(StandardCharsets.ISO_8859_1);
    refused(twice, "TL-ZIP-PATH");
    refused(with("config.json", "a", "a/b"), "TL-ZIP-PATH");
  }

  @Test
  void whatIsNoZipIsRefused() throws Exception {
    byte[] whole = ServedFolder.zip(ServedFolder.project("mill"));
    refused("no ZIP at all".getBytes(StandardCharsets.UTF_8), "TL-ZIP-DAMAGED");
    refused(java.util.Arrays.copyOf(whole, whole.length / 2), "TL-ZIP-DAMAGED");
    byte[] altered = whole.clone();
    altered[45] ^= 0x55;
    assertThat(folder.zip("POST", "/projects?name=new", altered).status()).isEqualTo(422);
    assertThat(
            folder
                .ask("POST", "/projects?name=new", whole, "Content-Type", "multipart/form-data")
                .status())
        .isEqualTo(415);
    assertThat(folder.ask("POST", "/projects?name=new", ServedFolder.NOTHING).status())
        .isIn(400, 422);
    nothingWasWritten();
  }

  @Test
  void anInvalidProjectIsRefusedWithAllThatIsWrongWithIt() throws Exception {
    Answer answer = folder.zip("POST", "/projects?name=new", with("config.json"));

    assertThat(answer.code()).isEqualTo("TL-PROJECT-INVALID");
    assertThat(ServedFolder.texts(answer.json(), "errors", "file"))
        .contains("config.json", "config_providers.json", "config_iot_devices.json");
    nothingWasWritten();
  }

  @ParameterizedTest
  @CsvSource({
    "..,422",
    ".,422",
    ".hidden,422",
    "a%2Fb,422",
    "a%5Cb,422",
    "%20,400",
    "there,409",
    "THERE,409",
    "a.,422",
    "-a,422",
    "%C3%A9,422",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,422"
  })
  void aNameThatIsNoNewFolderIsRefused(String name, int status) throws Exception {
    byte[] zip = ServedFolder.zip(ServedFolder.project("mill"));

    assertThat(folder.zip("POST", "/projects?name=" + name, zip).status()).isEqualTo(status);
    nothingWasWritten();
  }

  @Test
  void aBodyOverTheLimitIsRefusedByItsAnnouncedSize() throws Exception {
    String head =
        "POST /projects?name=new HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/zip\r\n"
            + "Content-Length: 104857601\r\n\r\n";

    assertThat(firstLine(head)).contains("413");
    assertThat(
            folder
                .ask(
                    "PUT",
                    "/projects/there/config/config",
                    new byte[3 * 1024 * 1024],
                    "Content-Type",
                    "application/json")
                .status())
        .isEqualTo(413);
    nothingWasWritten();
  }

  private String firstLine(String request) throws IOException {
    URI address = folder.server.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes(15);
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    URI address = folder.server.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /projects?name=new HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/zip\r\n"
                  + "Content-Length: 100000\r\n\r\nPK")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Path uploads = folder.root.resolve(ProjectFolders.VERSIONS).resolve(Workspace.UPLOADS);
      Awaitility.await().until(() -> Files.isDirectory(uploads) && hasFiles(uploads));
    }
    Awaitility.await().untilAsserted(this::nothingWasWritten);
  }

  private static boolean hasFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isPresent();
    }
  }
}
