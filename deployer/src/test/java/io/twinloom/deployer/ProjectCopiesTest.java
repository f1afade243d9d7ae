package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectCopiesTest {

  private static final String CODE = "def process(event):\n    return event\n";

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void makeProject() {
    project = folder.resolve("project");
    ProjectBuilder.of("hall")
        .device("s1", "t")
        .pythonProcessor("s1", CODE)
        .file("config_credentials.json", "{\"gcp_credentials_file\": \"./keys/google.json\"}")
        .file("keys/google.json", "{\"private_key\": \"secret\"}")
        .file("config_inter_cloud.json", "{\"connections\": {}}")
        .writeTo(project);
  }

  private PreparedProject prepared() {
    return Preparation.of(project, shared()).project().orElseThrow();
  }

  private UserCodeChecker shared() {
    return UserCodeChecker.of(folder.resolve("cache"), path(), InstantSource.system());
  }

  private ProjectCopies copies() {
    return new ProjectCopies(
        folder.resolve("data/projects"),
        UserCodeChecker.lasting(folder.resolve("data/code"), path(), InstantSource.system()),
        InstantSource.system());
  }

  private static String path() {
    return System.getenv().getOrDefault("PATH", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../project", "/", "\u0000", "\ud800", "A", "0123abcd"})
  void whatIsNoDigestNamesNoCopy(String digest) {
    copies().keep(prepared());

    assertThat(copies().find(digest)).isEmpty();
    assertThat(copies().find(project.toString())).isEmpty();
  }

  @Test
  void aCopyIsReadyToBeDeployedWhateverBecomesOfTheFolderAndTheSharedCache() throws Exception {
    PreparedProject deployed = copies().keep(prepared());
    delete(project);
    delete(folder.resolve("cache"));

    PreparedProject again = copies().find(deployed.digest()).orElseThrow();

    assertThat(again).isEqualTo(deployed);
    PreparedCode code = again.code().getFirst();
    assertThat(code.path().getFirst().resolve(code.entry())).content().contains("return event");
    assertThat(code.path()).allMatch(path -> path.startsWith(folder.resolve("data/code")));
  }

  @Test
  void aCopyHoldsNoCredentialsNorTokensNorFilesThatCredentialsName() {
    Path copy = copies().keep(prepared()).source();

    assertThat(copy.resolve("config.json")).exists();
    assertThat(copy.resolve("config_credentials.json")).doesNotExist();
    assertThat(copy.resolve("config_inter_cloud.json")).doesNotExist();
    assertThat(copy.resolve("keys/google.json")).doesNotExist();
  }

  @Test
  void otherCredentialsAreNoOtherProject() throws Exception {
    String before = prepared().digest();
    Files.writeString(project.resolve("keys/google.json"), "{\"private_key\": \"another\"}");

    assertThat(prepared().digest()).isEqualTo(before);
  }

  @Test
  void aProjectThatChangesWhileItIsReadIsNotDeployed() throws Exception {
    PreparedProject read = prepared();
    Files.writeString(project.resolve("processors/s1/process.py"), CODE + "# edited\n");

    assertThatThrownBy(() -> copies().keep(read))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("changed while it was read");
  }

  @Test
  void aDamagedCopyIsMadeAnewAndIsNotDeployedUntilThen() throws Exception {
    PreparedProject deployed = copies().keep(prepared());
    Path file = deployed.source().resolve("config_iot_devices.json");
    String content = Files.readString(file);
    Files.writeString(file, content.replace("\"t\"", "\"u\""));

    assertThat(copies().find(deployed.digest())).isEmpty();

    assertThat(copies().keep(prepared())).isEqualTo(deployed);
    assertThat(file).hasContent(content);
  }

  @Test
  void whatNothingNamesAnyMoreGoesAfterAWhile() throws Exception {
    PreparedProject former = copies().keep(prepared());
    Files.writeString(project.resolve("processors/s1/process.py"), CODE + "# edited\n");
    PreparedProject present = copies().keep(prepared());

    copies().retain(List.of(present));
    assertThat(copies().find(former.digest())).as("just made").isPresent();

    FileTime longAgo = FileTime.from(Instant.now().minus(ProjectCopies.KEPT.multipliedBy(2)));
    for (PreparedProject one : List.of(former, present)) {
      Files.setLastModifiedTime(one.source(), longAgo);
      Files.setLastModifiedTime(one.code().getFirst().kept().resolve("result.json"), longAgo);
    }
    copies().retain(List.of(present));

    assertThat(former.source()).doesNotExist();
    assertThat(former.code().getFirst().kept()).doesNotExist();
    assertThat(copies().find(present.digest())).contains(present);
  }

  private static void delete(Path all) throws IOException {
    try (Stream<Path> files = Files.walk(all)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
