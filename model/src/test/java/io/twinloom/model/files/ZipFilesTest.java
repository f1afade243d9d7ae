package io.twinloom.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipFilesTest {
  @TempDir Path dir;

  private Path zip() {
    return dir.resolve("project.zip");
  }

  private static TwinloomException refusalOf(Path zip) {
    return catchThrowableOfType(TwinloomException.class, () -> ProjectSource.open(zip).close());
  }

  @Test
  void aProjectAtTheRootIsRead() throws IOException {
    try (ProjectFiles files =
        ProjectSource.open(
            Zips.of(zip(), "config.json", "processors/", "processors/a/process.py"))) {
      assertThat(files.below("")).containsExactly("config.json", "processors/a/process.py");
      assertThat(files.below("processors")).containsExactly("processors/a/process.py");
      assertThat(files.below("process")).isEmpty();
      assertThat(files.size("config.json")).isEqualTo(11);
      assertThat(files.size("processors")).isEqualTo(-1);
      assertThat(files.read("config.json"))
          .contains("config.json".getBytes(StandardCharsets.UTF_8));
      assertThat(files.read("other")).isEmpty();
    }
  }

  @Test
  void aProjectInOneTopFolderIsRead() throws IOException {
    try (ProjectFiles files =
        ProjectSource.open(
            Zips.of(
                zip(),
                "twin/",
                "twin/config.json",
                "twin/a/b.py",
                "__MACOSX/twin/._a",
                ".DS_Store"))) {
      assertThat(files.below("")).containsExactly("a/b.py", "config.json");
      assertThat(files.read("a/b.py")).isPresent();
    }
  }

  @Test
  void twoTopFoldersAreNoProjectInOne() throws IOException {
    try (ProjectFiles files = ProjectSource.open(Zips.of(zip(), "a/config.json", "b/x"))) {
      assertThat(files.below("")).containsExactly("a/config.json", "b/x");
    }
  }

  @Test
  void foldersOfToolsAreNoPartOfTheProject() throws IOException {
    try (ProjectFiles files =
        ProjectSource.open(
            Zips.of(
                zip(),
                "config.json",
                ".git/config",
                "a/__pycache__/x.pyc",
                ".venv/bin/python",
                ".twinloom/log",
                "a/x.py"))) {
      assertThat(files.below("")).containsExactly("a/x.py", "config.json");
    }
  }

  @Test
  void namesWithALeadingDotArePaths() throws IOException {
    try (ProjectFiles files =
        ProjectSource.open(Zips.of(zip(), "./config.json", "./processors/a/process.py"))) {
      assertThat(files.below("")).containsExactly("config.json", "processors/a/process.py");
    }
  }

  @Test
  void aNameWithABackslashIsRefused() {
    assertThat(refusalOf(Zips.of(zip(), "config.json", "a\\b")).what())
        .isEqualTo("The entry a\\b has a backslash.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "IBM437", "windows-1252"})
  @DisplayName("a project comes as a ZIP that Windows made")
  void namesInTheEncodingsOfWindowsProgramsAreRead(String encoding) throws IOException {
    Path zip = Zips.in(Charset.forName(encoding), zip(), "config.json", "processors/Küche/öl.py");
    try (ProjectFiles files = ProjectSource.open(zip)) {
      assertThat(files.below("")).containsExactly("config.json", "processors/Küche/öl.py");
      assertThat(files.read("processors/Küche/öl.py")).isPresent();
    }
  }

  @Test
  void whatFileManagersLeaveBehindIsNoPartOfTheProject() throws IOException {
    try (ProjectFiles files =
        ProjectSource.open(
            Zips.of(zip(), "desktop.ini", "twin/config.json", "twin/a/Thumbs.db", "twin/x"))) {
      assertThat(files.below("")).containsExactly("config.json", "x");
    }
  }

  @Test
  void anEntryThatLeadsOutOfTheProjectIsRefused() {
    for (String name :
        new String[] {
          "../evil",
          "a/../../evil",
          "/etc/passwd",
          "C:\\evil",
          "..\\evil",
          "a//b",
          "a/./b",
          "\\\\host\\share",
          "..",
          "a/..",
          "bell\u0007",
          "d/".repeat(70) + "x",
          "x".repeat(1100)
        }) {
      assertThat(refusalOf(Zips.of(zip(), "config.json", name)))
          .as(name)
          .isNotNull()
          .extracting(TwinloomException::code)
          .isEqualTo("TL-ZIP-PATH");
    }
  }

  @Test
  void aLinkOrDeviceIsRefused() throws IOException {
    for (int type : new int[] {0120000, 0060000, 0020000, 0010000, 0140000}) {
      Path zip = Zips.of(zip(), "config.json", "link");
      Zips.patch(zip, Zips.DIRECTORY_ENTRY, 38, old -> (type | 0644) << 16);

      assertThat(refusalOf(zip).code()).isEqualTo("TL-ZIP-LINK");
    }
  }

  @Test
  void ordinaryUnixFilesAreTaken() throws IOException {
    Path zip = Zips.of(zip(), "config.json");
    Zips.patch(zip, Zips.DIRECTORY_ENTRY, 38, old -> 0100644 << 16);

    try (ProjectFiles files = ProjectSource.open(zip)) {
      assertThat(files.below("")).containsExactly("config.json");
    }
  }

  @Test
  void anEncryptedEntryIsRefused() throws IOException {
    Path zip = Zips.of(zip(), "config.json");
    Zips.patch(zip, Zips.DIRECTORY_ENTRY, 8, flags -> flags | 1);

    assertThat(refusalOf(zip).code()).isIn("TL-ZIP-ENCRYPTED", "TL-ZIP-DAMAGED");
  }

  @Test
  void anEntryThatStandsTwiceIsRefused() throws IOException {
    Path zip = Zips.replace(Zips.of(zip(), "config.json", "config.jsoN"), "jsoN", "json");

    assertThat(refusalOf(zip).what()).contains("config.json twice");
  }

  @Test
  void aFileThatIsAFolderTooIsRefused() {
    assertThat(refusalOf(Zips.of(zip(), "a", "a/b")).what())
        .contains("both as a file and as a folder");
  }

  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
    Path zip = Zips.ofZeros(zip(), "zeros", 5L << 20);

    assertThat(refusalOf(zip).code()).isEqualTo("TL-ZIP-RATIO");
  }

  @Test
  void aZipThatSaysItUnpacksToTooMuchIsRefused() throws IOException {
    Path zip = Zips.of(zip(), "config.json");
    Zips.patch(zip, Zips.DIRECTORY_ENTRY, 24, size -> 501 << 20);

    assertThat(refusalOf(zip).code()).isEqualTo("TL-ZIP-TOO-LARGE");
  }

  @Test
  void anEntryThatIsLargerThanItSaysIsAnErrorWhenItIsRead() throws IOException {
    Path zip = Zips.ofZeros(zip(), "config.json", 5000);
    Zips.patch(zip, Zips.DIRECTORY_ENTRY, 24, size -> 10);

    try (ProjectFiles files = ProjectSource.open(zip)) {
      assertThatThrownBy(() -> files.read("config.json")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.extract("", dir.resolve("out")))
          .isInstanceOf(IOException.class);
      assertThat(dir.resolve("out")).doesNotExist();
    }
  }

  @Test
  void anEntryWithAnotherChecksumIsAnErrorWhenItIsRead() throws IOException {
    Path zip = Zips.of(zip(), "config.json");
    Zips.patch(zip, Zips.DIRECTORY_ENTRY, 16, crc -> crc + 1);

    try (ProjectFiles files = ProjectSource.open(zip)) {
      assertThatThrownBy(() -> files.read("config.json")).hasMessageContaining("checksum");
    }
  }

  @Test
  void moreEntriesThanTheLimitAreRefused() {
    String[] names =
        IntStream.rangeClosed(0, Limits.MAX_ENTRIES).mapToObj(i -> "f" + i).toArray(String[]::new);

    assertThat(refusalOf(Zips.of(zip(), names)).code()).isEqualTo("TL-ZIP-ENTRIES");
  }

  @Test
  void aLargeFileThatIsNoZipIsRefusedByItsSize() throws IOException {
    Path zip = zip();
    try (var channel =
        Files.newByteChannel(zip, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(Limits.MAX_ZIP_BYTES);
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }

    assertThat(refusalOf(zip).code()).isEqualTo("TL-ZIP-TOO-LARGE");
  }

  @Test
  void whatIsNoZipIsRefused() throws IOException {
    assertThat(refusalOf(Files.writeString(zip(), "not a zip")).code()).isEqualTo("TL-ZIP-DAMAGED");
    assertThat(refusalOf(Files.write(zip(), new byte[0])).code()).isEqualTo("TL-ZIP-DAMAGED");
  }

  @Test
  void aZipThatWasCutOffIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(Zips.of(zip(), "config.json", "a", "b"));
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(zip(), Arrays.copyOf(bytes, length));
      assertThat(refusalOf(zip()).code()).as("%s bytes", length).isEqualTo("TL-ZIP-DAMAGED");
    }
  }

  @Test
  void aZipWithTheMarkersOfZip64IsRefused() throws IOException {
    Path zip = Zips.patch(Zips.of(zip(), "config.json"), Zips.END, 12, size -> -1);

    assertThat(refusalOf(zip).what()).contains("ZIP64");
  }

  @Test
  void aFolderIsExtractedWithThePathsBelowIt() throws IOException {
    Path out = dir.resolve("out");
    try (ProjectFiles files =
        ProjectSource.open(
            Zips.of(zip(), "config.json", "p/a/process.py", "p/a/lib/x.py", "p/b/y"))) {
      files.extract("p/a", out);
    }

    try (var found = Files.walk(out)) {
      assertThat(found.filter(Files::isRegularFile).map(f -> out.relativize(f).toString()))
          .containsExactlyInAnyOrder("process.py", "lib/x.py");
    }
  }

  @Test
  void whereThereIsNothingToOpenTheMessageSaysSo() {
    assertThat(refusalOf(dir.resolve("nothing")).code()).isEqualTo("TL-PROJECT-MISSING");
  }
}
