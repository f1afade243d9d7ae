package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.change.DeployedState;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormatTest {

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  private DataFormat format() {
    return new DataFormat(folder);
  }

  @Test
  void anEmptyFolderHasThePresentFormatAndNothingToUpgrade() {
    format().check();
    format().prepare(said::add);
    format().written();

    assertThat(format().found()).isEqualTo(DataFormat.CURRENT);
    assertThat(format().copy()).doesNotExist();
    assertThat(said).isEmpty();
  }

  @Test
  void aFolderThatOnlyHasTheJournalOfItsFirstDeploymentHasNothingToUpgrade() throws Exception {
    Files.writeString(folder.resolve("journal.json"), "{}");

    format().prepare(said::add);

    assertThat(format().copy()).doesNotExist();
    assertThat(said).isEmpty();
  }

  @Test
  void aFolderOfANewerProgramIsRefused() throws Exception {
    Files.writeString(folder.resolve("format.json"), "{\"format\": 99}");

    assertThatThrownBy(() -> format().check())
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("format 99");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anOlderFolderIsCopiedOnceWithItsStoresAndItsChunks() throws Exception {
    older();

    format().prepare(said::add);
    format().prepare(said::add);

    Path copy = format().copy();
    assertThat(copy.resolve("journal.json")).hasContent("{}");
    assertThat(copy.resolve("aws/cold/chunk")).hasContent("[1]");
    try (CloudDatabase store = CloudDatabase.open(copy.resolve("aws.db"), List.of())) {
      assertThat(
              store.<Long>read(
                  s -> {
                    try (var rows = s.of("SELECT count(*) FROM number").executeQuery()) {
                      return rows.getLong(1);
                    }
                  }))
          .isEqualTo(1);
    }
    assertThat(said).singleElement().asString().contains(copy.toString());

    format().written();
    assertThat(format().found()).isEqualTo(DataFormat.CURRENT);
  }

  @Test
  void aCopyThatWasCutOffIsMadeAnew() throws Exception {
    older();
    Path half =
        Files.createDirectories(
            folder.resolve("before-format-" + DataFormat.CURRENT + ".making/aws"));
    Files.writeString(half.resolve("half"), "");

    format().prepare(said::add);

    assertThat(half).doesNotExist();
    assertThat(format().copy().resolve("aws.db")).exists();
  }

  @Test
  void anOlderFolderIsRefusedWhileAChangeOfTheTwinIsUnderWay() throws Exception {
    older();
    LocalDataFolder data = new LocalDataFolder(folder);
    ChangedTwin twin = new ChangedTwin();
    twin.begin("c", 0);
    DeployedState state = DeployedState.first("digest", ChangedTwin.LAYOUT.placement());
    data.write(state.with(twin.open()));

    assertThatThrownBy(() -> format().check())
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("L3 hot, phase 1 of 3");

    assertThat(format().copy()).doesNotExist();
    data.write(state);
    format().check();
    data.write(state.with(twin.open()));
    format().written();
    format().check();
  }

  private void older() throws Exception {
    try (CloudDatabase store =
        CloudDatabase.open(
            folder.resolve("aws.db"), List.of("CREATE TABLE IF NOT EXISTS number(n INTEGER)"))) {
      store.changeNow(s -> s.of("INSERT INTO number VALUES(1)").executeUpdate());
    }
    Files.writeString(folder.resolve("journal.json"), "{}");
    Files.writeString(Files.createDirectories(folder.resolve("aws/cold")).resolve("chunk"), "[1]");
  }
}
