package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import}: history from files into the tiers of a twin that runs. */
class ImportTest {

  private static final String FROM = "2026-01-01T00:00:00Z";
  private static final String TO = "2026-12-31T00:00:00Z";

  @TempDir Path folder;

  private ForegroundTwin twin;

  @BeforeEach
  void start() throws Exception {
    Path project =
        HallProject.write(
            folder,
            "PRODUCTION",
            """
            [{"id": "oven", "properties": [{"name": "heat", "dataType": "DOUBLE"},
                                           {"name": "note", "dataType": "STRING"}]}]
            """);
    Path config = project.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("{\"digital", "{\"history_over_tiers\": true, \"digital"));
    twin = ForegroundTwin.start(folder, "twin");
  }

  @AfterEach
  void stop() {
    twin.destroy();
  }

  @Test
  @DisplayName("History from a CSV file is stored, and a second import stores nothing twice")
  void aCsvFileIsStoredOnceInTheTiers() throws Exception {
    Files.writeString(
        folder.resolve("oven.csv"),
        """
        timestamp,heat,note
        2026-01-01T10:00:00Z,1.50,"warm, ""dry""\"
        2026-02-01T10:00:00Z,2,
        2026-02-01T10:00:00Z,3,007
        """);
    CliRun first = twin.run("import", "twin", "oven.csv", "--device", "oven", "--json");
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.json().get("stored")).hasToString("3");

    // The same instant, another event: both are there, a microsecond apart.
    String items = twin.query("oven", FROM, TO).out();
    assertThat(items).contains("1.50", "warm, \\\"dry\\\"", "\"007\"", "10:00:00.000001Z");
    assertThat(twin.query("oven", FROM, TO).objects("items")).hasSize(3);

    CliRun again = twin.run("import", "twin", "oven.csv", "--device", "oven", "--json");
    assertThat(again.json().get("stored")).hasToString("0");
    assertThat(again.json().get("present")).hasToString("3");
  }

  @Test
  @DisplayName("History from a spreadsheet has a byte order mark, or is in another encoding")
  void aByteOrderMarkIsDroppedAndAnotherEncodingIsNamed() throws Exception {
    String csv = "timestamp,heat,note\n2026-01-01T10:00:00Z,1,Küche\n";
    Files.writeString(folder.resolve("mark.csv"), "\uFEFF" + csv);
    CliRun marked = twin.run("import", "twin", "mark.csv", "--device", "oven", "--json");
    assertThat(marked.exitCode()).as(marked.err()).isEqualTo(ExitCode.DONE);
    assertThat(twin.query("oven", FROM, TO).out()).contains("Küche").doesNotContain("FEFF");

    for (String name : new String[] {"latin.csv", "latin.ndjson"}) {
      Files.write(folder.resolve(name), csv.getBytes(StandardCharsets.ISO_8859_1));
      CliRun latin = twin.run("import", "twin", name, "--device", "oven");
      assertThat(latin.exitCode()).isEqualTo(ExitCode.FAILED);
    }
    CliRun latin = twin.run("import", "twin", "latin.csv", "--device", "oven");
    assertThat(latin.err()).contains("not in UTF-8", "byte 0xFC", "line 2");
    assertThat(twin.query("oven", FROM, TO).objects("items")).hasSize(1);
  }

  @Test
  @DisplayName("History that has moved to the cold tier is not imported again")
  void whatHasMovedOnIsRecognised() throws Exception {
    Files.writeString(
        folder.resolve("h.ndjson"),
        """
        {"device_id": "oven", "timestamp": "2026-01-01T10:00:00Z", "heat": 1}
        {"device_id": "oven", "timestamp": "2026-01-02T10:00:00Z", "heat": 2}
        """);
    CliRun moved = twin.run("import", "twin", "h.ndjson", "--move");
    assertThat(moved.exitCode()).as(moved.err()).isEqualTo(ExitCode.DONE);
    assertThat(moved.out()).contains("hot-to-cold: 2 items moved");

    CliRun again = twin.run("import", "twin", "h.ndjson", "--json");
    assertThat(again.json().get("present")).hasToString("2");
    assertThat(again.json().get("stored")).hasToString("0");
    assertThat(twin.query("oven", FROM, TO).objects("items")).hasSize(2);
  }

  @Test
  void anExportIsImportedAsItWas() throws Exception {
    Files.writeString(
        folder.resolve("r.ndjson"),
        """
        {"time": "2026-03-01T10:00:00Z", "device": "oven", "message": {"heat": 7}}
        """);
    assertThat(twin.run("import", "twin", "r.ndjson").exitCode()).isEqualTo(ExitCode.DONE);
    StringBuilder lines = new StringBuilder();
    twin.query("oven", FROM, TO)
        .objects("items")
        .forEach(item -> lines.append(io.twinloom.json.Json.text(item)).append('\n'));
    Files.writeString(folder.resolve("export.ndjson"), lines);

    CliRun again = twin.run("import", "twin", "export.ndjson", "--json");
    assertThat(again.json().get("present")).as(again.err()).hasToString("1");
  }

  @Test
  void whatIsNoItemIsRefusedWithItsLineAndTheOthersAreStored() throws Exception {
    Files.writeString(
        folder.resolve("h.ndjson"),
        """
        {"device_id": "ovn", "timestamp": "2026-01-01T10:00:00Z", "heat": 1}
        {"device_id": "oven", "timestamp": "2026-01-01T10:00:00Z", "heat": 2}
        {"device_id": "oven", "heat": 3}
        """);
    CliRun run = twin.run("import", "twin", "h.ndjson", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.json().get("stored")).hasToString("1");
    assertThat(run.err()).contains("h.ndjson, line 1", "ovn", "h.ndjson, line 3", "timestamp");
    Files.writeString(folder.resolve("bad.ndjson"), "{\"device_id\"\n");
    CliRun broken = twin.run("import", "twin", "bad.ndjson");
    assertThat(broken.err()).contains("TL-HISTORY-FILE", "bad.ndjson, line 1");
  }
}
