package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinReadersTest {

  @TempDir Path folder;

  private TwinReaders readers(Provider hot, boolean history) {
    Project project =
        ProjectBuilder.of("hall")
            .on(Layer.L3_HOT, hot)
            .config("history_over_tiers", history ? JsonBoolean.TRUE : JsonBoolean.FALSE)
            .readFrom(folder.resolve(hot.id() + history));
    Topology topology = Topology.of(project);
    JsonObject.Builder functions = JsonObject.builder();
    topology
        .functions()
        .forEach(
            f ->
                functions.put(
                    f.name(), JsonObject.builder().put("arn", "arn:" + f.name()).build()));
    return TwinReaders.of(
        new Deployment(
            new PreparedProject(folder, "d", project, topology, List.of()),
            JsonObject.builder().put("functions", functions.build()).build()));
  }

  @Test
  void theHotReadersAreAskedWhereTheHotStoreIsOnAwsToo() {
    assertThat(readers(KnownClouds.AWS, false))
        .isEqualTo(new TwinReaders("arn:hall-hot-reader", "arn:hall-hot-reader-last-entry"));
  }

  @Test
  void theDataConnectorsAreAskedWhereTheHotStoreIsOnAnotherCloud() {
    assertThat(readers(KnownClouds.AZURE, false))
        .isEqualTo(
            new TwinReaders(
                "arn:hall-digital-twin-data-connector",
                "arn:hall-digital-twin-data-connector-last-entry"));
  }

  @Test
  void rangesAreReadOverAllTiersWhereTheTwinHasAReaderForThat() {
    assertThat(readers(KnownClouds.AWS, true).ranges()).isEqualTo("arn:hall-history-reader");
    assertThat(readers(KnownClouds.AZURE, true))
        .isEqualTo(
            new TwinReaders(
                "arn:hall-history-reader", "arn:hall-digital-twin-data-connector-last-entry"));
  }

  @Test
  void aReaderThatIsNotDeployedIsAnErrorThatSaysSo() {
    Project project = ProjectBuilder.of("hall").readFrom(folder.resolve("none"));
    Deployment nothing =
        new Deployment(
            new PreparedProject(folder, "d", project, Topology.of(project), List.of()),
            JsonObject.EMPTY);
    assertThatThrownBy(() -> TwinReaders.of(nothing))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-TWIN-NO-READER"));
  }
}
