package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher and the program, with no environment but the PATH or with the locale of cron: names
 * of any language are read, run and found as everywhere.
 */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LocaleTest {

  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  @TempDir Path folder;

  private Path launcher;
  private Path twin;

  @BeforeEach
  void layOut() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("check out"));
    Files.createDirectory(checkout.resolve(".mvn"));
    copy("twinloom", checkout);
    copy(".mvn/jvm.sh", checkout);
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    program(checkout.resolve("cli/target/dist/lib/twinloom.jar"));
    Path stamp = Files.writeString(checkout.resolve("cli/target/dist/built"), "");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(1)));
    launcher = checkout.resolve("twinloom");
    readOnly(checkout);
    twin = Files.createDirectories(folder.resolve("eine Küche"));
    write(
        "config.json",
        """
        {"digital_twin_name": "home", "hot_storage_size_in_days": 7,
         "cold_storage_size_in_days": 30, "mode": "PRODUCTION"}
        """);
    write(
        "config_providers.json",
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "google",
         "layer_3_cold_provider": "google", "layer_3_archive_provider": "google"}
        """);
    write(
        "config_iot_devices.json",
        """
        [{"id": "küche", "properties": [{"name": "t", "dataType": "DOUBLE"}]},
         {"id": "печь-3", "properties": [{"name": "t", "dataType": "DOUBLE"}]}]
        """);
    write(
        "processors/küche/process.py",
        "def process(event):\n    event['x'] = 1\n    return event\n");
    write(
        "processors/печь-3/Küche.java",
        """
        import io.twinloom.api.Processor;
        import java.util.Map;

        public class Küche implements Processor {
          public Map<String, Object> process(Map<String, Object> event) {
            event.put("ü", "°C");
            return event;
          }
        }
        """);
  }

  /** A checkout that its user may run and not write; root may write it all the same. */
  private static void readOnly(Path checkout) throws IOException {
    try (Stream<Path> files = Files.walk(checkout)) {
      for (Path file : files.toList()) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.removeIf(permission -> permission.name().endsWith("_WRITE"));
        Files.setPosixFilePermissions(file, permissions);
      }
    }
  }

  @Test
  @DisplayName("a project with Unicode names is used in a bare environment")
  void aTwinWithNamesOfManyLanguagesRunsWithoutALocale() throws Exception {
    runs(Map.of());
  }

  @Test
  void aTwinWithNamesOfManyLanguagesRunsInTheLocaleOfCron() throws Exception {
    runs(Map.of("LC_ALL", "C"));
  }

  @Test
  void soItDoesWhereDigitsAreNotThoseOfAscii() throws Exception {
    runs(Map.of("TWINLOOM_JAVA_OPTS", "-Duser.language=ar -Duser.country=EG"));
  }

  private void runs(Map<String, String> locale) throws Exception {
    String project = twin.getFileName().toString();
    Said valid = launch(locale, "validate", project, "--json");
    assertThat(valid.exitCode).as(valid.toString()).isZero();
    assertThat(valid.json().array("problems").orElseThrow().values()).isEmpty();
    Said deployed = launch(locale, "deploy", project);
    assertThat(deployed.exitCode).as(deployed.toString()).isZero();
    try {
      for (String device : List.of("küche", "печь-3")) {
        Said sent = launch(locale, "send", project, "--device", device, "{\"t\": 1}");
        assertThat(sent.exitCode).as(sent.toString()).isZero();
      }
      awaitItem(locale, "küche", "x", "1");
      awaitItem(locale, "печь-3", "ü", "\"°C\"");
      assertThat(launch(locale, "query", project, "--device", "печь-3").out).contains("ü=°C");
    } finally {
      launch(locale, "destroy", project);
    }
  }

  private void awaitItem(Map<String, String> locale, String device, String name, String value) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        launch(locale, "query", "eine Küche", "--device", device, "--json")
                            .json()
                            .array("items")
                            .orElse(JsonArray.EMPTY)
                            .values())
                    .hasSize(1)
                    .allSatisfy(
                        item ->
                            assertThat(String.valueOf(((JsonObject) item).get(name)))
                                .isEqualTo(value)));
  }

  private record Said(int exitCode, String out, String err) {
    JsonObject json() {
      return Json.parseObject(out.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Said launch(Map<String, String> locale, String... args) throws Exception {
    // This JVM may itself be unable to write these names into a command: a shell reads them.
    Path script = folder.resolve("command.sh");
    Files.writeString(
        script,
        "cd '"
            + folder
            + "' && exec '"
            + launcher
            + "' "
            + Arrays.stream(args).map(a -> "'" + a + "'").collect(Collectors.joining(" "))
            + "\n");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + PATH);
    builder.environment().putAll(locale);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The program from the classes of this build, as one JAR. */
  private static void program(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    List<String> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry).toUri().toString());
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", classPath));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      packed.finish();
    }
  }

  private static void copy(String file, Path checkout) throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Files.copy(root.resolve(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void write(String path, String text) throws IOException {
    Path file = twin.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
