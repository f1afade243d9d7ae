package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has no copy of the deployed version fetches it from a cloud. */
class DeployedProjectsTest {

  @TempDir Path folder;
  private final Map<Provider, Map<String, byte[]>> uploads = new HashMap<>();
  private Path zip;
  private String digest;

  @BeforeEach
  void upload() {
    zip = ProjectBuilder.of("mill").zipTo(folder.resolve("mill.zip"));
    digest =
        Preparation.of(zip, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
            .project()
            .orElseThrow()
            .digest();
    uploads.put(KnownClouds.AWS, Map.of(digest, bytes(zip)));
  }

  private CloudDataFolder data() {
    return new CloudDataFolder(folder.resolve("data"), folder.resolve("mill"));
  }

  private CloudSupport support(Provider cloud) {
    RecordedClouds clouds = new RecordedClouds();
    clouds.uploads = uploads.getOrDefault(cloud, Map.of());
    return clouds.support(cloud);
  }

  private Optional<PreparedProject> fetched() {
    RecordedClouds clouds = new RecordedClouds();
    TargetWiring wiring =
        TargetWiring.builder()
            .clouds(Map.of())
            .variables(clouds.variables())
            .provisioner(clouds.provisioner())
            .confirmation(changes -> true)
            .pause(time -> {})
            .clock(InstantSource.system())
            .random(new SecureRandom())
            .environment(Map.of())
            .build();
    Map<Provider, CloudAccount> accounts = new HashMap<>();
    for (Provider cloud : List.of(KnownClouds.AWS, KnownClouds.GOOGLE)) {
      accounts.put(
          cloud,
          support(cloud).open(CloudCredentials.of(zip, cloud, Map.of()), InstantSource.system()));
    }
    try (Accounts all = new Accounts(accounts)) {
      return new DeployedProjects(data(), wiring).find(digest, JsonObject.EMPTY, all);
    }
  }

  @Test
  void theVersionIsKeptHereOnceItWasFetched() {
    assertThat(fetched()).map(PreparedProject::digest).contains(digest);
    uploads.clear();
    assertThat(fetched()).as("from the copy").map(PreparedProject::digest).contains(digest);
  }

  @Test
  void anArchiveOfAnotherVersionIsNoneAndIsNotUploadedFromHere() {
    Path other =
        ProjectBuilder.of("mill").device("saw", "speed").zipTo(folder.resolve("other.zip"));
    for (byte[] wrong : List.of(bytes(other), "no archive".getBytes(StandardCharsets.UTF_8))) {
      uploads.put(KnownClouds.AWS, Map.of(digest, wrong));
      assertThat(fetched()).isEmpty();
      assertThat(data().archives().resolve(digest + ".zip")).doesNotExist();
    }
  }

  @Test
  void whereOneCloudHasAnotherArchiveTheNextIsAsked() {
    uploads.put(KnownClouds.GOOGLE, Map.of(digest, bytes(zip)));
    uploads.put(KnownClouds.AWS, Map.of(digest, "no archive".getBytes(StandardCharsets.UTF_8)));
    assertThat(fetched()).map(PreparedProject::digest).contains(digest);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
