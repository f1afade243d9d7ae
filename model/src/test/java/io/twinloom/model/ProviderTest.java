package io.twinloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twinloom.model.cloud.AwsConventions;
import io.twinloom.model.cloud.AzureConventions;
import io.twinloom.model.cloud.GoogleConventions;
import io.twinloom.model.cloud.KnownClouds;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProviderTest {

  @Test
  void cloudsAreFoundByTheirConventionsInTheOrderThatTheseSay() {
    assertThat(Provider.all())
        .containsExactly(KnownClouds.AWS, KnownClouds.AZURE, KnownClouds.GOOGLE);
    assertThat(Provider.ids()).containsExactly("aws", "azure", "google");
    assertThat(Provider.all()).extracting(Provider::position).containsExactly(0, 1, 2);
  }

  @Test
  void theOrderIsThatOfTheConventionsHoweverTheyAreFound() {
    List<Provider> found =
        Provider.of(List.of(new GoogleConventions(), new AzureConventions(), new AwsConventions()));
    assertThat(found).extracting(Provider::id).containsExactly("aws", "azure", "google");
  }

  @Test
  void aCloudIsFoundByItsNameInConnectionIdsToo() {
    assertThat(Provider.of("google")).containsSame(KnownClouds.GOOGLE);
    assertThat(Provider.of("gcp")).containsSame(KnownClouds.GOOGLE);
    assertThat(Provider.of("GOOGLE")).isEmpty();
    assertThat(Provider.of("none")).isEmpty();
  }

  @Test
  void twoCloudsCannotHaveOneName() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Provider.of(List.of(new AwsConventions(), new AwsConventions())))
        .withMessage("two clouds are named aws");
  }

  @Test
  void sortedMapsListThemInTheirOrder() {
    TreeMap<Provider, String> map = new TreeMap<>();
    map.put(KnownClouds.GOOGLE, "c");
    map.put(KnownClouds.AWS, "a");
    map.put(KnownClouds.AZURE, "b");
    assertThat(map.values()).containsExactly("a", "b", "c");
  }

  @Test
  void credentialsAreLookedForUnderTheContractsNameFirst() {
    assertThat(KnownClouds.GOOGLE.credentialsNames()).containsExactly("gcp", "google");
    assertThat(KnownClouds.AZURE.credentialsNames()).containsExactly("azure");
  }
}
