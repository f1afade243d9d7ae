package io.twinloom.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cost.placement.PlacementFile;
import io.twinloom.cost.placement.Placements;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A placement in a project's file, and what the project is with it. */
class PlacementFileTest {

  @TempDir private Path folder;

  @Test
  void onlyTheLayersThatMoveAreChanged() {
    Placement placement = moved(Twins.small(folder, Provider.named("aws")), "l2=azure");
    byte[] file =
        bytes(
            """
            {"_comment": "mine", "layer_1_provider": "aws", "layer_2_provider": "aws",
             "layer_3_hot_provider": "aws", "layer_3_cold_provider": "aws",
             "layer_3_archive_provider": "aws", "layer_4_provider": "none"}
            """);
    JsonObject written = Json.parseObject(PlacementFile.written(file, placement).orElseThrow());
    assertThat(written.text("_comment")).contains("mine");
    assertThat(written.text("layer_2_provider")).contains("azure");
    assertThat(written.text("layer_1_provider")).contains("aws");
    assertThat(written.text("layer_4_provider")).contains("none");
    assertThat(PlacementFile.written(Json.bytes(written), placement)).isEmpty();
  }

  @Test
  void aPlacementThatMakesTheProjectInvalidIsSaidWithItsProblems() throws Exception {
    // A hierarchy that is read on this cloud alone, and is no hierarchy.
    Path project =
        ProjectBuilder.of("pump")
            .file("twin_hierarchy/azure_hierarchy.json", "[1]")
            .writeTo(Files.createDirectories(folder.resolve("p")));
    try (ProjectFiles files = ProjectSource.open(project)) {
      Project read = ProjectReader.read(project).project().orElseThrow();
      assertThat(PlacementFile.problems(files, moved(read, "l2=google"))).isEmpty();
      List<Problem> problems = PlacementFile.problems(files, moved(read, "l4=azure"));
      assertThat(problems).isNotEmpty();
      assertThat(problems.getFirst().file()).contains("azure_hierarchy.json");
    }
  }

  private static Placement moved(Project project, String assignment) {
    return Placements.moved(
        project.placement(), Placements.parse(List.of(assignment), project.placement()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
