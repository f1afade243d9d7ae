package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.ProjectChange.Effect;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectChangeTest {

  private static final String CODE = "def process(event):\n    return event\n";

  private PreparedProjects projects;

  @BeforeEach
  void in(@TempDir Path folder) {
    projects = new PreparedProjects(folder);
  }

  private static ProjectBuilder hall() {
    return ProjectBuilder.of("hall").device("s1", "t").device("s2", "t");
  }

  private ProjectChange change(ProjectBuilder after) {
    return ProjectChange.between(
        projects.of(hall().pythonProcessor("s1", CODE)), projects.of(after));
  }

  @Test
  void theSameProjectIsNoChange() {
    assertThat(change(hall().pythonProcessor("s1", CODE)).items()).isEmpty();
  }

  @Test
  void codeRulesDevicesAndPropertiesTakeEffectInARunningTwin() {
    ProjectChange change =
        change(
            hall()
                .device("s3", "t")
                .pythonProcessor("s1", CODE + "# other\n")
                .pythonProcessor("s2", CODE));

    assertThat(change.isLive()).isTrue();
    assertThat(change.all())
        .contains(
            "the code of processors/s1",
            "the code of processors/s2",
            "the device s3, which is added");
  }

  @Test
  void whatMovesDataOrMakesItUnreachableIsDistinguished() {
    ProjectChange change =
        change(
            ProjectBuilder.of("hall")
                .device("s1", "t")
                .pythonProcessor("s1", CODE)
                .on(Layer.L3_HOT, KnownClouds.AZURE)
                .config("hot_storage_size_in_days", JsonNumber.of(1))
                .config("history_over_tiers", JsonBoolean.FALSE));

    assertThat(change.isLive()).isFalse();
    List<String> data = change.confirmedApart();
    assertThat(data).anyMatch(what -> what.startsWith("L3 hot, from "));
    assertThat(data).anyMatch(what -> what.startsWith("hot_storage_size_in_days from "));
    assertThat(data).anyMatch(what -> what.startsWith("history_over_tiers off"));
    assertThat(data).contains("the device s2, which is removed");
  }

  @Test
  void anotherNameIsAnotherTwin() {
    ProjectChange change =
        change(
            ProjectBuilder.of("barn")
                .device("s1", "t")
                .device("s2", "t")
                .pythonProcessor("s1", CODE));

    assertThat(change.of(Effect.REFUSED)).containsExactly("the twin's name, from hall to barn");
  }

  @Test
  void longerTimesTakeEffectWhileTheTwinRuns() {
    ProjectChange change =
        change(
            hall()
                .pythonProcessor("s1", CODE)
                .config("hot_storage_size_in_days", JsonNumber.of(4000)));

    assertThat(change.isLive()).isTrue();
    assertThat(change.of(Effect.LIVE))
        .containsExactly("hot_storage_size_in_days from 30 to 4000; nothing moves back");
    assertThat(change.of(Effect.DATA)).isEmpty();
  }

  @Test
  void settingsTakeEffectWhileTheTwinRuns() {
    ProjectChange change =
        change(
            hall()
                .pythonProcessor("s1", CODE)
                .config("mode", new JsonString("DEBUG"))
                .config("compress_chunks", JsonBoolean.TRUE)
                .config("signed_connections", new JsonString("strict")));

    assertThat(change.isLive()).isTrue();
    assertThat(change.of(Effect.LIVE))
        .containsExactly(
            "the mode, from PRODUCTION to DEBUG", "compress_chunks", "signed_connections");
  }

  @Test
  void onlyALayerThatComesOrGoesNeedsAStart() {
    ProjectChange confirmed =
        change(
            ProjectBuilder.of("hall")
                .device("s1", "t")
                .pythonProcessor("s1", CODE)
                .config("hot_storage_size_in_days", JsonNumber.of(1))
                .config("history_over_tiers", JsonBoolean.FALSE));

    assertThat(confirmed.isLive()).isFalse();
    assertThat(confirmed.needsNoRestart()).isTrue();
    assertThat(confirmed.of(Effect.DATA)).hasSize(3).isEqualTo(confirmed.confirmedApart());

    ProjectChange none = change(hall().pythonProcessor("s1", CODE).without(Layer.L4));
    assertThat(none.needsNoRestart()).isFalse();
    assertThat(none.of(Effect.RESTART)).singleElement().asString().startsWith("L4, from ");
  }
}
