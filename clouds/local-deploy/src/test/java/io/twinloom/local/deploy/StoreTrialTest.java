package io.twinloom.local.deploy;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.StoreTrial;
import io.twinloom.json.JsonBoolean;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.LocalOptions;
import io.twinloom.local.LocalTwinSpec;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tier is on Google Cloud, and its store on Azure is prepared. */
class StoreTrialTest {

  private static final String CHANGE = "c1";

  @TempDir Path folder;

  private PreparedProject prepared(Layer tier) throws Exception {
    return prepared(tier, false);
  }

  private PreparedProject prepared(Layer tier, boolean compressed) throws Exception {
    PreparedProject project =
        Preparation.of(
                ProjectBuilder.of("hall")
                    .device("s1", "t")
                    .config("compress_chunks", JsonBoolean.of(compressed))
                    .on(Layer.L1, AWS)
                    .on(Layer.L2, AWS)
                    .on(Layer.L3_HOT, GOOGLE)
                    .on(Layer.L3_COLD, GOOGLE)
                    .on(Layer.L3_ARCHIVE, GOOGLE)
                    .writeTo(folder.resolve("hall")),
                UserCodeChecker.of(
                    folder.resolve("cache"),
                    System.getenv().getOrDefault("PATH", ""),
                    InstantSource.system()))
            .project()
            .orElseThrow();
    StoreLegs legs =
        new StoreLegs(
            List.of(new Leg(AZURE, Use.PREPARED, false)),
            Optional.of(new Copy(GOOGLE, AZURE, false)));
    return project.withLegs(project.project().placement(), Legs.NONE.with(tier, legs));
  }

  private LocalClouds start(PreparedProject project) {
    ConnectionStore connections = new ConnectionStore(folder.resolve("connections.json"));
    return LocalClouds.start(
        new LocalTwinSpec(
            project.project(),
            project.topology(),
            List.of(),
            (topology, endpoints) ->
                connections.connect(topology, endpoints, new TokenGenerator(new SecureRandom()))),
        LocalOptions.defaults(folder.resolve("data")));
  }

  private Connections connections() {
    return new ConnectionStore(folder.resolve("connections.json")).read();
  }

  private static FormerStore store(LocalClouds clouds, Layer tier, Provider cloud) {
    return FormerStore.of(clouds, new StoreId(tier, cloud));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.class,
      names = {"L3_HOT", "L3_COLD", "L3_ARCHIVE"})
  @DisplayName(
      "a marked item goes in through each receiver and out through the reader, and is gone")
  void takesAndGives(Layer tier) throws Exception {
    PreparedProject project = prepared(tier);
    try (LocalClouds clouds = start(project)) {
      StoreTrial trial = new StoreTrial(new TriedClouds(clouds), project, connections());

      assertThat(trial.run(tier, AZURE, CHANGE))
          .as("the connections that were tried")
          .isNotEmpty()
          .allMatch(id -> id.contains("azure"));

      assertThat(store(clouds, tier, AZURE).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.class,
      names = {"L3_COLD", "L3_ARCHIVE"})
  @DisplayName("a marked chunk that the receiver gzips is gone as well")
  void removesGzipped(Layer tier) throws Exception {
    PreparedProject project = prepared(tier, true);
    try (LocalClouds clouds = start(project)) {
      var unused =
          new StoreTrial(new TriedClouds(clouds), project, connections()).run(tier, AZURE, CHANGE);

      assertThat(store(clouds, tier, AZURE).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.class,
      names = {"L3_HOT", "L3_COLD", "L3_ARCHIVE"})
  @DisplayName("a receiver that refuses its sender is found before anything is sent there")
  void refuses(Layer tier) throws Exception {
    PreparedProject project = prepared(tier);
    try (LocalClouds clouds = start(project)) {
      Map<String, Connections.Connection> wrong = new LinkedHashMap<>(connections().byId());
      wrong.replaceAll(
          (id, known) -> known.withToken("x".repeat(ConnectionStore.MIN_TOKEN_LENGTH)));
      StoreTrial trial = new StoreTrial(new TriedClouds(clouds), project, new Connections(wrong));

      assertThatThrownBy(() -> trial.run(tier, AZURE, CHANGE))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("403");
      assertThat(store(clouds, tier, AZURE).isEmpty()).isTrue();
    }
  }
}
