package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudCredentialsTest {

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource({"aws,aws", "azure,azure", "gcp,google", "google,google"})
  void areFoundUnderTheKeyOfTheContractAndUnderTheCloudsName(String key, String cloud)
      throws IOException {
    file("{\"" + key + "\": {\"where\": \"there\"}}");
    assertThat(of(Provider.named(cloud)).value("where")).contains("there");
  }

  @Test
  void ofTwoSpellingsTheContractsOneWins() throws IOException {
    file("{\"google\": {\"where\": \"old\"}, \"gcp\": {\"where\": \"new\"}}");
    assertThat(of(KnownClouds.GOOGLE).value("where")).contains("new");
  }

  private void file(String content) throws IOException {
    Files.writeString(project.resolve(CloudCredentials.FILE), content);
  }

  private CloudCredentials of(Provider cloud) {
    return CloudCredentials.of(project, cloud, Map.of());
  }
}
