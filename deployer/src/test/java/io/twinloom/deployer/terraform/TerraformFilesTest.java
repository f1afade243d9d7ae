package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformFilesTest {

  @TempDir Path data;

  @Test
  void everyFileOfTheHclIsCarriedAlong() throws IOException {
    Path source = Path.of("..", "terraform");
    try (Stream<Path> files = Files.walk(source)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> source.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> file.matches(".*\\.(tf|asl\\.json)"))
                  .filter(file -> !file.contains(".terraform/")))
          .containsExactlyInAnyOrderElementsOf(TerraformFiles.carried());
    }
  }

  @Test
  void theSameTwinGivesTheSameFilesForTheirOwnerOnly() throws IOException {
    Project twin = Twins.twin("azzaaza", Twins.EVENTS);
    Path one = Twins.written(twin, data.resolve("one").resolve("terraform"));
    Path two = Twins.written(twin, data.resolve("two").resolve("terraform"));
    assertThat(contents(one)).isEqualTo(contents(two)).isNotEmpty();
    Twins.written(twin, one);
    assertThat(contents(one)).isEqualTo(contents(two));
    try (Stream<Path> files = Files.walk(one)) {
      for (Path file : files.toList()) {
        String wanted = Files.isDirectory(file) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void tokensStandInTheSecretsAndNowhereElse() throws IOException {
    Path folder = Twins.written(Twins.twin("azgazga", Twins.ALL), data.resolve("terraform"));
    Map<String, String> contents = contents(folder);
    String token = "token-that-nobody-may-see";
    assertThat(contents.remove("secrets.auto.tfvars.json")).contains(token);
    assertThat(contents.values()).noneMatch(text -> text.contains(token));
  }

  @Test
  void aFileThatCannotBeReadIsAnErrorThatNamesIt() throws IOException {
    Path folder = data.resolve("terraform");
    Files.createDirectories(folder.resolve("main.tf"));
    assertThatThrownBy(() -> Twins.written(Twins.twin("azzaaza", Twins.EVENTS), folder))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-FOLDER");
              assertThat(e.where()).endsWith("main.tf");
              assertThat(e.fix()).isNotEmpty();
            });
  }

  @Test
  void aTwinThatIsNotOnAwsNeedsNoProviderOfIt() throws IOException {
    Path folder = Twins.written(Twins.twin("zzzzzzz", Twins.EVENTS), data.resolve("terraform"));
    assertThat(folder.resolve("aws.tf")).doesNotExist();
    assertThat(folder.resolve("aws-twin.tf")).doesNotExist();
    assertThat(folder.resolve("aws")).doesNotExist();
    assertThat(clouds(folder)).isEmpty();
  }

  @Test
  void onlyATwinWithItsFourthLayerOnAwsNeedsTheProviderOfTwinMaker() throws IOException {
    Path folder = Twins.written(Twins.twin("aaaaa-a", Twins.EVENTS), data.resolve("terraform"));
    assertThat(Files.readString(folder.resolve("aws.tf"))).contains("provider \"aws\"");
    assertThat(folder.resolve("aws-twin.tf")).doesNotExist();
    assertThat(clouds(folder)).containsExactly("aws");
  }

  @Test
  void aCloudThatTheTwinHasLeftKeepsItsProviderSoThatWhatIsThereCanBeRemoved() throws IOException {
    Path folder = Twins.written(Twins.twin("aaaaaaa", Twins.EVENTS), data.resolve("terraform"));
    Twins.written(Twins.twin("zzzzzzz", Twins.EVENTS), folder);
    assertThat(Files.readString(folder.resolve("aws.tf"))).contains("provider \"aws\"");
    assertThat(Files.readString(folder.resolve("aws-twin.tf"))).contains("provider \"awscc\"");
  }

  @Test
  void whatEarlierVersionsWroteGoesAndTerraformsOwnStays() throws IOException {
    Path folder = Twins.written(Twins.twin("aaaaaaa", Twins.EVENTS), data.resolve("terraform"));
    Files.writeString(folder.resolve("former.tf"), "");
    Files.writeString(folder.resolve("aws").resolve("former.tf"), "");
    Files.writeString(folder.resolve(".terraform.lock.hcl"), "");
    Twins.written(Twins.twin("aaaaaaa", Twins.EVENTS), folder);
    assertThat(folder.resolve("former.tf")).doesNotExist();
    assertThat(folder.resolve("aws").resolve("former.tf")).doesNotExist();
    assertThat(folder.resolve(".terraform.lock.hcl")).exists();
  }

  @Test
  void theStateIsKeptBesideTheFolderOrWhereTheProjectSays() throws IOException {
    Project twin = Twins.twin("aaaaaaa", Twins.EVENTS);
    Path folder = Twins.written(twin, data.resolve("terraform"));
    assertThat(Files.readString(folder.resolve("backend.tf.json")))
        .contains("\"local\"", "../terraform.tfstate");
    Path project = Files.createDirectories(data.resolve("project"));
    Files.writeString(
        project.resolve("terraform_backend.json"), "{\"s3\": {\"bucket\": \"states\"}}");
    new TerraformFiles(folder)
        .write(twin.placement(), Twins.variables(twin, folder), backend(project));
    assertThat(Files.readString(folder.resolve("backend.tf.json")))
        .contains("\"s3\"", "\"states\"")
        .doesNotContain("local");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"s4\": {}}", "{\"s3\": 1}", "{\"s3\": {}, \"gcs\": {}}"})
  void aBackendThatCannotBeUnderstoodIsAnErrorOfItsFile(String text) throws IOException {
    Path project = Files.createDirectories(data.resolve("project"));
    Files.writeString(project.resolve("terraform_backend.json"), text);
    assertThatThrownBy(() -> backend(project))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-STATE-BACKEND");
              assertThat(e.where()).isEqualTo("terraform_backend.json");
              assertThat(e.fix()).contains("{\"s3\":");
            });
  }

  private static Optional<JsonObject> backend(Path project) throws IOException {
    try (var files = ProjectSource.open(project)) {
      return TerraformFiles.backendOf(files);
    }
  }

  /** The clouds whose locals the root reads. */
  private static Set<String> clouds(Path folder) throws IOException {
    return Json.parseObject(Files.readAllBytes(folder.resolve("clouds.tf.json")))
        .object("locals")
        .flatMap(locals -> locals.object("clouds"))
        .orElseThrow()
        .members()
        .keySet();
  }

  @Test
  void whatStoodInForACloudInAnEarlierVersionIsNotTakenForIts() throws IOException {
    Path folder = Files.createDirectories(data.resolve("terraform"));
    Files.writeString(folder.resolve("aws.tf"), "locals {}");
    Twins.written(Twins.twin("zzzzzzz", Twins.EVENTS), folder);
    assertThat(folder.resolve("aws.tf")).doesNotExist();
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
