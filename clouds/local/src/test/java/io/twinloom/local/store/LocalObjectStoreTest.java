package io.twinloom.local.store;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.ObjectStore.Retrieval;
import io.twinloom.functions.port.ObjectStore.State;
import io.twinloom.functions.port.StoreException;
import io.twinloom.testkit.contract.ObjectStoreContract;
import io.twinloom.testkit.contract.Objects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalObjectStoreTest implements ObjectStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;
  private Instant now = NOW;
  private CloudDatabase database;
  private LocalObjectStore cold;
  private LocalObjectStore archive;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("aws.db"), LocalObjectStore.SCHEMA);
    cold = store("cold", Optional.empty());
    archive = store("archive", Optional.empty());
  }

  private LocalObjectStore store(String name, Optional<Duration> restoring) {
    return new LocalObjectStore(
        database, folder.resolve("aws").resolve(name), name, restoring, () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  public ObjectStore objects() {
    return cold;
  }

  @Override
  public ObjectStore otherObjects() {
    return archive;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("aws"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anObjectIsAFileThatItsKeyLeadsTo() throws IOException {
    put(cold, "press-1/2026-01-01T00:00:00.000000Z-2026-01-01T00:00:00.000000Z/c.json", "[1]");
    Path file =
        folder.resolve(
            "aws/cold/press-1/2026-01-01T00:00:00.000000Z-2026-01-01T00:00:00.000000Z/c.json");
    assertThat(Files.readString(file)).isEqualTo("[1]");
    cold.delete("press-1/2026-01-01T00:00:00.000000Z-2026-01-01T00:00:00.000000Z/c.json");
    assertThat(folder.resolve("aws/cold/press-1")).doesNotExist();
    assertThat(folder.resolve("aws/cold")).exists();
  }

  @Test
  void filesAndFoldersAreTheirOwnersOnly() throws IOException {
    put(cold, "d/a.json", "[1]");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("aws/cold/d"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whatWasStoredIsThereAfterARestart() {
    put(cold, "d/a.json.gz", "[1]");
    cold.keepPart("d/b.json", 2, 2, Objects.utf8("2]"));
    close();
    open();
    assertThat(cold.info("d/a.json.gz").orElseThrow().content()).isEqualTo(content("[1]"));
    assertThat(put(cold, "d/a.json.gz", "[1]")).isEqualTo(Put.SAME);
    assertThat(cold.keepPart("d/b.json", 2, 1, Objects.utf8("[1,"))).isEqualTo(2);
    assertThat(archive.info("d/a.json.gz")).isEmpty();
  }

  @Test
  void aPartWhoseFileIsGoneIsAnErrorThatNamesItsObject() throws IOException {
    cold.keepPart("d/b.json", 2, 1, Objects.utf8("[1,"));
    cold.keepPart("d/b.json", 2, 2, Objects.utf8("2]"));
    for (Path file : files()) {
      Files.delete(file);
    }
    assertThatThrownBy(() -> cold.openParts("d/b.json", 2))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.where()).isEqualTo("d/b.json"));
  }

  @Test
  void aFileOfWhichAKilledProcessKeptNoRecordIsWrittenAgain() throws IOException {
    Files.createDirectories(folder.resolve("aws/cold/d"));
    Files.createDirectories(folder.resolve("aws/cold/.incoming"));
    Files.writeString(folder.resolve("aws/cold/d/a.json"), "[half");
    Files.writeString(folder.resolve("aws/cold/.incoming/remnant"), "[ha");
    cold = store("cold", Optional.empty());
    assertThat(cold.info("d/a.json")).isEmpty();
    assertThat(put(cold, "d/a.json", "[1]")).isEqualTo(Put.STORED);
    assertThat(files()).extracting(Files::readString).containsExactly("[1]");
  }

  @Test
  void theDigestIsThatOfTheFileAndNotOfItsRecord() throws IOException {
    put(cold, "d/a.json", "[1]");
    Files.writeString(folder.resolve("aws/cold/d/a.json"), "[2]");
    assertThat(cold.digest("d/a.json")).contains(content("[2]").sha256());
    Files.delete(folder.resolve("aws/cold/d/a.json"));
    assertThatThrownBy(() -> cold.digest("d/a.json")).isInstanceOf(StoreException.class);
  }

  @Test
  void whatAFileHoldsIsComparedWithItsBytesAndNotWithItsRecord() throws IOException {
    put(cold, "d/a.json", "[1]");
    assertThat(cold.holds("d/a.json", Objects.utf8("[1]"), content("[1]"))).isTrue();
    Files.writeString(folder.resolve("aws/cold/d/a.json"), "[2]");
    assertThat(cold.holds("d/a.json", Objects.utf8("[1]"), content("[1]"))).isFalse();
    Files.delete(folder.resolve("aws/cold/d/a.json"));
    assertThatThrownBy(() -> cold.holds("d/a.json", Objects.utf8("[1]"), content("[1]")))
        .isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {131_072, 131_073, 400_000})
  void aLargeFileIsComparedToItsLastByte(int size) throws IOException {
    byte[] stored = Objects.utf8("x".repeat(size));
    Content content = content("x".repeat(size));
    cold.put("d/a.json", stored, content);
    assertThat(cold.holds("d/a.json", stored, content)).isTrue();
    assertThat(cold.holds("d/a.json", Arrays.copyOf(stored, size - 1), content)).isFalse();
    assertThat(cold.holds("d/a.json", Arrays.copyOf(stored, size + 1), content)).isFalse();
    stored[size - 1] = 'y';
    assertThat(cold.holds("d/a.json", stored, content)).isFalse();
  }

  @Test
  void partsLeaveNoFilesBehind() throws IOException {
    cold.keepPart("d/a.json", 2, 1, Objects.utf8("[1,"));
    cold.keepPart("d/a.json", 2, 2, Objects.utf8("2]"));
    cold.join("d/a.json", 2, content("[1,2]"));
    cold.dropParts("d/a.json", 2);
    assertThat(files()).extracting(Files::readString).containsExactly("[1,2]");
  }

  @Test
  void anArchiveMayHaveToRestoreAnObjectBeforeItCanBeRead() {
    LocalObjectStore slow = store("archive", Optional.of(Duration.ofHours(12)));
    put(slow, "d/a.json", "[1]");
    assertThat(slow.restoreTakes()).isEqualTo(Duration.ofHours(12));
    assertThat(slow.info("d/a.json").orElseThrow().retrieval())
        .isEqualTo(new Retrieval(State.ARCHIVED, Optional.empty()));
    assertThatThrownBy(() -> slow.open("d/a.json"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("restored");
    assertThat(slow.digest("d/a.json")).contains(content("[1]").sha256());

    slow.restore("d/a.json");
    now = NOW.plus(Duration.ofHours(11));
    slow.restore("d/a.json");
    assertThat(slow.info("d/a.json").orElseThrow().retrieval())
        .isEqualTo(new Retrieval(State.RESTORING, Optional.of(NOW)));
    assertThatThrownBy(() -> slow.open("d/a.json")).isInstanceOf(StoreException.class);

    now = NOW.plus(Duration.ofHours(12));
    assertThat(slow.info("d/a.json").orElseThrow().retrieval()).isEqualTo(Retrieval.READABLE);
    assertThat(Objects.read(slow, "d/a.json")).isEqualTo(Objects.utf8("[1]"));
  }

  @Test
  void howMuchThereIsIsKnown() {
    put(cold, "d/a.json", "[1]");
    put(cold, "d/b.json", "[12]");
    put(archive, "d/b.json", "[123]");
    assertThat(cold.usage()).isEqualTo(new LocalObjectStore.Usage(2, 7, 7));
  }
}
