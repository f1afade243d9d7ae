package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionStoreTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  @Test
  void savingTheFirstConnectionMakesTheFile() throws Exception {
    store().save("aws_l1_to_azure_l2", connection("http://127.0.0.1:1/t-ingestion", TOKEN));

    JsonObject saved =
        content().object("connections").orElseThrow().object("aws_l1_to_azure_l2").orElseThrow();
    assertThat(saved.text("provider")).contains("azure");
    assertThat(saved.text("function")).contains("ingestion");
    assertThat(saved.text("url")).contains("http://127.0.0.1:1/t-ingestion");
    assertThat(saved.text("token")).contains(TOKEN);
  }

  @Test
  void theFileIsItsOwnersOnly() throws Exception {
    store().save("a", connection("http://127.0.0.1:1/x", TOKEN));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void savingAnotherConnectionKeepsTheFormer() {
    store().save("a", connection("http://127.0.0.1:1/x", TOKEN));
    store().save("b", connection("http://127.0.0.1:2/y", TOKEN));

    assertThat(store().read().byId()).containsOnlyKeys("a", "b");
    assertThat(store().read().byId().get("a").url()).isEqualTo(URI.create("http://127.0.0.1:1/x"));
  }

  @Test
  void savingAKnownConnectionTakesItsNewAddressAndToken() {
    String newer = TOKEN.replace('0', 'z');
    store().save("a", connection("http://127.0.0.1:1/x", TOKEN));
    store().save("a", connection("http://127.0.0.1:2/y", newer));

    assertThat(store().read().byId().get("a").url()).isEqualTo(URI.create("http://127.0.0.1:2/y"));
    assertThat(store().read().byId().get("a").token()).isEqualTo(newer);
  }

  @Test
  @DisplayName("a dashboard is configured from the file of connections during a rotation")
  void duringARotationTheTokenIsOneThatOpensTheReceiverAndTheFormerOneStandsBesideIt()
      throws Exception {
    String newer = TOKEN.replace('0', 'z');
    store().save("a", connection("http://127.0.0.1:1/x", newer + "," + TOKEN));

    JsonObject entry = content().object("connections").orElseThrow().object("a").orElseThrow();
    assertThat(entry.text("token")).contains(newer);
    assertThat(entry.text("former_token")).contains(TOKEN);
    assertThat(store().read().byId().get("a").token()).isEqualTo(newer + "," + TOKEN);

    store().save("a", connection("http://127.0.0.1:1/x", newer));
    assertThat(content().object("connections").orElseThrow().object("a").orElseThrow().members())
        .doesNotContainKey("former_token");
    assertThat(store().read().byId().get("a").token()).isEqualTo(newer);
  }

  @Test
  void aFileOfAnEarlierVersionWithBothTokensInOneIsReadAndWrittenAnew() throws Exception {
    String newer = TOKEN.replace('0', 'z');
    Files.writeString(
        file(),
        """
        {"connections": {"a": {"provider": "aws", "function": "ingestion",
          "url": "http://127.0.0.1:1/x", "token": "%s,%s"}}}
        """
            .formatted(newer, TOKEN));
    store().saveAll(store().read().byId());

    JsonObject entry = content().object("connections").orElseThrow().object("a").orElseThrow();
    assertThat(entry.text("token")).contains(newer);
    assertThat(entry.text("former_token")).contains(TOKEN);
  }

  @Test
  void whatTheProductDoesNotKnowStays() throws Exception {
    Files.writeString(
        file(),
        """
        {"_comment": "mine", "owner": "ops", "connections": {
          "a": {"provider": "aws", "function": "ingestion", "url": "http://127.0.0.1:1/x",
                "token": "%s", "note": "rotated in May"}}}
        """
            .formatted(TOKEN));

    store().save("a", connection("http://127.0.0.1:2/y", TOKEN));

    assertThat(content().text("owner")).contains("ops");
    assertThat(content().object("connections").orElseThrow().object("a").orElseThrow().text("note"))
        .contains("rotated in May");
  }

  @Test
  void theFileStaysJsonWithAConnectionsKeyWhateverTheIdHolds() throws Exception {
    store().save("a \"quoted\" id", connection("http://127.0.0.1:1/x", TOKEN));

    assertThat(content().object("connections").orElseThrow().members())
        .containsOnlyKeys("a \"quoted\" id");
  }

  @Test
  void anEmptyTokenIsRefusedAndNothingIsWritten() {
    assertThatThrownBy(() -> store().save("a", connection("http://127.0.0.1:1/x", "")))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CONNECTION-TOKEN"));
    assertThat(file()).doesNotExist();
  }

  @Test
  void aShortTokenAmongSeveralIsRefused() {
    assertThatThrownBy(
            () -> store().save("a", connection("http://127.0.0.1:1/x", TOKEN + ",short")))
        .isInstanceOf(TwinloomException.class)
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aFolderThatDoesNotExistIsAnErrorThatNamesIt() {
    Path missing = folder.resolve("missing").resolve(ConnectionStore.FILE);

    assertThatThrownBy(
            () -> new ConnectionStore(missing).save("a", connection("http://127.0.0.1:1/x", TOKEN)))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.where()).isEqualTo(missing.toString()));
  }

  @Test
  void aDamagedFileIsAnErrorAndStaysAsItIs() throws Exception {
    Files.writeString(file(), "{\"connections\": ");

    assertThatThrownBy(() -> store().save("a", connection("http://127.0.0.1:1/x", TOKEN)))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CONNECTION-FILE"));
    assertThat(Files.readString(file())).isEqualTo("{\"connections\": ");
  }

  @Test
  void savingLeavesNoOtherFileBehind() throws Exception {
    store().save("a", connection("http://127.0.0.1:1/x", TOKEN));

    try (var files = Files.list(folder)) {
      assertThat(files.map(p -> p.getFileName().toString())).containsExactly(ConnectionStore.FILE);
    }
  }

  private ConnectionStore store() {
    return new ConnectionStore(file());
  }

  private Path file() {
    return folder.resolve(ConnectionStore.FILE);
  }

  private JsonObject content() throws IOException {
    return Json.parseObject(Files.readAllBytes(file()));
  }

  private static Connection connection(String url, String token) {
    return new Connection(KnownClouds.AZURE, "ingestion", URI.create(url), token);
  }
}
