package io.twinloom.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinPackagesTest {
  private static final String PYTHON = "def process(event): return event\n";
  private static final String JAVA =
      """
      public class Code implements io.twinloom.api.Processor {
        public java.util.Map<String, Object> process(java.util.Map<String, Object> event) {
          return event;
        }
      }
      """;

  @TempDir Path folder;
  private PackagedTwin twin;

  @BeforeEach
  void twin() {
    twin = new PackagedTwin(folder);
  }

  private PackagedTwin both() {
    return twin.devices(2)
        .with("processors/device-0/process.py", PYTHON)
        .with("processors/device-1/Code.java", JAVA);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static Map<String, String> hashes(List<FunctionPackage> packages) {
    Map<String, String> hashes = new TreeMap<>();
    packages.forEach(p -> hashes.put(p.name(), p.sha256()));
    return hashes;
  }

  @Test
  void eachPackageSaysWhatItIsAndHasTheHashOfItsFile() throws Exception {
    List<FunctionPackage> packages = both().build(out());

    assertThat(packages)
        .extracting(p -> p.name() + " " + p.runtime() + " " + p.handler())
        .containsExactly(
            "plant-device-0-processor python3.12 twinloom_handler.handler",
            "plant-device-1-processor java21 io.twinloom.runner.aws.UserFunctionHandler");
    for (FunctionPackage one : packages) {
      assertThat(one.cloud()).isEqualTo(KnownClouds.AWS);
      assertThat(one.file()).isEqualTo(out().resolve("aws").resolve(one.name() + ".zip"));
      byte[] bytes = Files.readAllBytes(one.file());
      assertThat(one.sha256())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
  }

  @Test
  void aThousandDevicesOfWhichMostShareTheDefaultProcessorMakeElevenPackages() {
    twin.devices(1000).with("processors/default_processor/process.py", PYTHON);
    for (int i = 0; i < 10; i++) {
      String file = i % 2 == 0 ? "process.py" : "Code.java";
      twin.with("processors/device-" + i + "/" + file, i % 2 == 0 ? PYTHON : JAVA);
    }

    List<FunctionPackage> packages = twin.build(out());

    assertThat(packages).hasSize(11);
    assertThat(packages.getLast().name()).isEqualTo("plant-default-processor");
    assertThat(packages.stream().map(FunctionPackage::sha256).distinct()).hasSize(2);
  }

  @Test
  void whatHasNotChangedIsNotMadeAgain() throws IOException {
    both().build(out());
    Map<Path, FileTime> before = times();
    twin.with("processors/device-0/process.py", PYTHON + "# changed\n");

    twin.build(out());

    Map<Path, FileTime> after = times();
    assertThat(after).hasSize(before.size() + 1).containsAllEntriesOf(before);
  }

  /** When each archive that is kept was written. */
  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> kept = Files.walk(folder.resolve("cache").resolve("packages"))) {
      for (Path file : kept.filter(f -> f.toString().endsWith(".zip")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void aChangeOfOneFunctionChangesItsPackageAlone() {
    Map<String, String> before = hashes(both().build(out()));
    twin.with("processors/device-0/process.py", PYTHON + "# changed\n");

    Map<String, String> after = hashes(twin.build(out()));

    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("plant-device-0-processor"))
        .isNotEqualTo(before.get("plant-device-0-processor"));
    assertThat(after.get("plant-device-1-processor"))
        .isEqualTo(before.get("plant-device-1-processor"));
  }

  @Test
  void twoBuildsInTwoFoldersAreEqualAndNameNeither() throws IOException {
    Path artifacts = artifacts("a jar");
    List<FunctionPackage> first = both().build(out(), artifacts).packages();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    PackagedTwin other = new PackagedTwin(elsewhere);
    other
        .devices(2)
        .with("processors/device-0/process.py", PYTHON)
        .with("processors/device-1/Code.java", JAVA);
    List<FunctionPackage> second =
        other.build(elsewhere.resolve("out"), artifacts("a jar")).packages();

    assertThat(first).hasSize(3);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).file()).hasSameBinaryContentAs(first.get(i).file());
      for (Map.Entry<String, byte[]> file : PackagedTwin.contents(first.get(i).file()).entrySet()) {
        assertThat(file.getKey()).doesNotStartWith("/").doesNotContain("..");
        assertThat(new String(file.getValue(), StandardCharsets.ISO_8859_1))
            .doesNotContain(folder.toString());
      }
    }
  }

  @Test
  void filesInAPackageCanBeReadByEverybodyAndWrittenByTheirOwner() throws Exception {
    FunctionPackage one = both().build(out()).getFirst();
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    String unpack =
        "import sys, zipfile\n"
            + "for i in zipfile.ZipFile(sys.argv[1]).infolist():\n"
            + "  print(oct(i.external_attr >> 16), i.date_time, i.create_system)\n";
    Process python =
        new ProcessBuilder("python3", "-c", unpack, one.file().toString())
            .directory(unpacked.toFile())
            .start();

    List<String> said =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(said).isNotEmpty().containsOnly("0o100644 (1980, 2, 1, 0, 0, 0) 3");
  }

  @Test
  void whatStandsThereAlreadyIsLeftAsItIs() throws IOException {
    Path file = both().build(out()).getFirst().file();
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, time);

    twin.build(out());
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);

    Files.writeString(file, "somebody else's");
    FunctionPackage fixed = twin.build(out()).getFirst();
    assertThat(Fingerprint.ofFile(fixed.file())).isEqualTo(fixed.sha256());
  }

  @Test
  void allSystemFunctionsOfACloudShareOnePackage() throws IOException {
    TwinPackages all = both().build(out(), artifacts("a jar"));

    FunctionPackage system = all.packages().getFirst();
    assertThat(all.missing()).isEmpty();
    assertThat(all.packages()).hasSize(3);
    assertThat(system.name()).isEqualTo("system");
    assertThat(system.isSystem()).isTrue();
    assertThat(system.file()).isEqualTo(out().resolve("aws").resolve("system.zip"));
    assertThat(system.runtime()).isEqualTo("java21");
    assertThat(system.handler()).isEqualTo("io.twinloom.aws.FunctionHandler");
    Map<String, byte[]> contents = PackagedTwin.contents(system.file());
    assertThat(contents).containsOnlyKeys("digital_twin_info.json", "lib/twinloom-aws.jar");
    assertThat(contents.get("lib/twinloom-aws.jar")).asString().isEqualTo("a jar");
    assertThat(
            Json.parseObject(contents.get("digital_twin_info.json"))
                .object("config")
                .flatMap(c -> c.text("digital_twin_name")))
        .contains("plant");
  }

  @Test
  void anotherArtifactMakesAnotherSystemPackage() throws IOException {
    String before = both().build(out(), artifacts("a jar")).packages().getFirst().sha256();

    assertThat(twin.build(out(), artifacts("a new jar")).packages().getFirst().sha256())
        .isNotEqualTo(before);
  }

  @Test
  void withoutItsArtifactACloudsSystemFunctionsAreToldToBeMissing() {
    TwinPackages onAws = both().build(out(), folder.resolve("nothing-here"));
    TwinPackages onAzure = twin.on("azure").build(out(), folder.resolve("nothing-here"));

    assertThat(onAws.packages()).hasSize(2);
    assertThat(onAws.missing()).containsOnlyKeys(KnownClouds.AWS);
    TwinloomException notBuilt = onAws.missing().get(KnownClouds.AWS);
    assertThat(notBuilt.code()).isEqualTo("TL-PACKAGE-NOT-BUILT");
    assertThat(notBuilt.what()).isEqualTo("The system functions for aws have not been built");
    assertThat(notBuilt.where()).endsWith("twinloom-aws.jar");
    assertThat(onAzure.packages()).hasSize(2);
    assertThat(onAzure.missing()).containsOnlyKeys(KnownClouds.AZURE);
    assertThat(onAzure.missing().get(KnownClouds.AZURE).what())
        .isEqualTo("This version of Twinloom has no system functions for azure yet");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> both().build(file))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-PACKAGE-UNWRITABLE"));
  }

  @Test
  void keptPackagesAreTheirOwnersAlone() throws IOException {
    both().build(out());

    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(folder.resolve("cache").resolve("packages"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
  }

  private Path artifacts(String jar) throws IOException {
    Path artifacts = Files.createDirectories(folder.resolve("clouds"));
    Files.writeString(artifacts.resolve("twinloom-aws.jar"), jar);
    return artifacts;
  }
}
