package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projects of {@code serve} on the web page. */
@Tag("full")
class PageProjectsTest {

  private static final String PROCESSOR = "processors/sensor-1/process.py";

  @TempDir Path folder;

  private ServedProcess serve;
  private PageBrowser browser;

  @BeforeEach
  void start() throws IOException {
    assertThat(CliRun.in(folder, "init", "mill").exitCode()).isEqualTo(ExitCode.DONE);
    serve = ServedProcess.start(folder);
    browser = PageBrowser.at(serve.address());
  }

  @AfterEach
  void stop() {
    CliRun.in(folder, "destroy", "root/mill");
    if (browser != null) {
      browser.close();
    }
    serve.close();
  }

  @Test
  @DisplayName(
      "A project is uploaded, deployed while its steps are shown, changed file by file, replaced,"
          + " compared with its former version and restored to it")
  void aProjectIsManaged() throws Exception {
    browser.awaitText("main h1", "No project yet");
    browser.clickText("Upload a ZIP");
    browser.choose(zip("mill.zip"));
    browser.clickText("Upload mill");
    browser.awaitText("dialog[open] [role=status]", "Uploaded");
    browser.clickText("Show");
    browser.awaitText("[data-project=mill]", "not running");
    accessible();

    browser.clickText("Deploy…");
    browser.clickText("Deploy my-twin");
    browser.see("[data-deployment=done] .progress li:nth-child(2)");
    browser.awaitText("[data-project=mill]", "runs, local");
    browser.open("?screen=overview&twin=mill");
    browser.awaitText("[data-answer=healthy]", "7 of 7 layers");

    browser.open("?screen=projects&twin=mill&view=files");
    browser.clickText("config_iot_devices.json");
    edit("DOUBLE", "DUBLE");
    browser.clickText("Check and write");
    browser.awaitText("dialog[open] .problem", "config_iot_devices.json:\\d+");
    edit("DUBLE", "DOUBLE");
    edit("fahrenheit", "kelvin");
    browser.clickText("Check and write");
    browser.awaitText("dialog[open] [role=status]", "Written");
    assertThat(serve.root().resolve("mill/config_iot_devices.json")).content().contains("kelvin");
    browser.press(org.openqa.selenium.Keys.ESCAPE);

    Files.writeString(
        folder.resolve("mill").resolve(PROCESSOR), "def process(event):\n    return event\n");
    browser.clickText("Replace…");
    browser.choose(zip("other.zip"));
    browser.clickText("Replace mill");
    browser.awaitText("dialog[open] [role=status]", "Replaced");
    browser.press(org.openqa.selenium.Keys.ESCAPE);

    browser.open("?screen=projects&twin=mill&view=versions");
    browser.see("[data-version]");
    browser.clickText("Compare");
    browser.awaitText("dialog[open] .changes", "config_iot_devices.json[\\s\\S]*\\+ .*kelvin");
    browser.awaitText("dialog[open] .changes", PROCESSOR);
    accessible();
    browser.press(org.openqa.selenium.Keys.ESCAPE);
    browser.clickText("Restore…");
    browser.clickText("Restore 2 files");
    browser.awaitText("dialog[open] [role=status]", "Restored");
    assertThat(serve.root().resolve("mill/config_iot_devices.json")).content().contains("kelvin");
    browser.press(org.openqa.selenium.Keys.ESCAPE);

    assertThat(browser.foreignRequests()).isEmpty();
  }

  @Test
  @DisplayName(
      "A shorter storage time is deployed once what it does to the data is shown and the twin named")
  void aChangeOfStoredDataIsConfirmedApart() throws Exception {
    CliRun made = CliRun.in(folder, "init", "root/mill");
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    CliRun deployed = CliRun.in(folder, "deploy", "root/mill");
    assertThat(deployed.exitCode()).as(deployed.err()).isEqualTo(ExitCode.DONE);
    HallProject.replace(
        serve.root().resolve("mill"),
        "config.json",
        "\"hot_storage_size_in_days\": 7",
        "\"hot_storage_size_in_days\": 1");

    browser.open("?screen=projects&twin=mill");
    browser.clickText("Deploy…");
    browser.clickText("Deploy my-twin");
    browser.awaitText("dialog[open] [data-impact]", "hot_storage_size_in_days from 7 to 1");
    accessible();
    assertThat(CliRun.in(folder, "plan", "root/mill").out()).contains("from 7 to 1");
    browser.type("[data-typed]", "my-twin");
    browser.clickText("Deploy my-twin");
    browser.see("[data-deployment=done]");
    assertThat(CliRun.in(folder, "plan", "root/mill").out()).doesNotContain("from 7 to 1");
  }

  @Test
  @DisplayName("An invalid ZIP says what is wrong with it, and a stopped twin what can be done")
  void whatIsWrongIsSaid() throws Exception {
    Files.writeString(folder.resolve("mill/config.json"), "{}");
    browser.awaitText("main h1", "No project yet");
    browser.clickText("Upload a ZIP");
    browser.choose(zip("mill.zip"));
    browser.clickText("Upload mill");
    browser.awaitText("dialog[open] .problem", "config.json:1[\\s\\S]*digital_twin_name");
    assertThat(serve.root().resolve("mill")).doesNotExist();

    CliRun made = CliRun.in(folder, "init", "root/mill");
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    browser.open("?twin=mill");
    browser.awaitText("[data-stopped]", "The twin is not running");
    accessible();
    for (String screen : List.of("devices", "twin", "tiers", "events", "logs", "letters")) {
      browser.open("?screen=" + screen + "&twin=mill");
      browser.awaitText("[data-stopped]", "The twin is not running");
    }
    assertThat(browser.foreignRequests()).isEmpty();
  }

  private void accessible() {
    for (String theme : List.of("light", "dark")) {
      browser.theme(theme);
      assertThat(browser.violations()).as(theme).isEmpty();
    }
    browser.theme("light");
  }

  private void edit(String from, String to) {
    browser.awaitTrue(
        """
        const field = document.querySelector('dialog[open] textarea');
        if (!field.value.includes(arguments[0])) return false;
        field.value = field.value.replace(arguments[0], arguments[1]);
        field.dispatchEvent(new Event('input', {bubbles: true}));
        return true;
        """,
        from,
        to);
  }

  private Path zip(String name) throws IOException {
    Path source = folder.resolve("mill");
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file));
        Stream<Path> all = Files.walk(source)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(source.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
    return file;
  }
}
