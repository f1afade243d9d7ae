package io.twinloom.functions.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Local;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonString;
import io.twinloom.model.Layer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dual validation: an address and two providers that differ. */
class RemoteRouteSettingTest {

  private static final String URL = "https://azure.test/plant-hot-writer";
  private static final RemoteRouteSetting WRITER =
      new RemoteRouteSetting("WRITER", Layer.L2, Layer.L3_HOT);
  private static final RemoteRouteSetting TWIN = new RemoteRouteSetting("TWIN", Layer.L2, Layer.L4);

  private final Twin twin = new Twin().on("aws", "aws", "azure");
  private final Map<String, String> environment =
      new HashMap<>(Map.of("REMOTE_WRITER_URL", URL, "INTER_CLOUD_TOKEN", Twin.TOKEN));

  @Test
  void withAnAddressAndDifferentProvidersItCrosses() {
    assertThat(route()).isEqualTo(new Remote(URI.create(URL), Twin.TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void withABlankAddressItStays(String blank) {
    environment.put("REMOTE_WRITER_URL", blank);
    twin.on("aws", "aws", "aws");
    assertThat(route()).isEqualTo(new Local(""));
  }

  @Test
  void withAnAddressButEqualProvidersItStaysAndSaysSo() {
    twin.on("aws", "aws", "aws");
    assertThat(route())
        .isInstanceOfSatisfying(
            Local.class, l -> assertThat(l.warning()).contains("REMOTE_WRITER_URL", "the same"));
  }

  @Test
  void withoutAnAddressButDifferentProvidersItStaysAndSaysSo() {
    environment.remove("REMOTE_WRITER_URL");
    assertThat(route())
        .isInstanceOfSatisfying(
            Local.class, l -> assertThat(l.warning()).contains("REMOTE_WRITER_URL", "differ"));
  }

  @Test
  void withoutAnAddressProvidersNeedNotBeThere() {
    environment.remove("REMOTE_WRITER_URL");
    twin.without("config_providers");
    assertThat(route()).isEqualTo(new Local(""));
  }

  @Test
  void withAnAddressMissingProvidersAreAnError() {
    twin.without("config_providers");
    assertThatThrownBy(this::route).isInstanceOf(ConfigurationError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"layer_2_provider", "layer_3_hot_provider"})
  void withAnAddressANullOrBlankProviderIsAnErrorThatNamesIt(String layer) {
    for (var value : List.of(JsonNull.NULL, new JsonString(""), new JsonString("  "))) {
      twin.on("aws", "aws", "azure").provider(layer, value);
      assertThatThrownBy(this::route)
          .isInstanceOf(ConfigurationError.class)
          .hasMessageContaining(layer);
    }
  }

  @Test
  void providerNamesCompareByCase() {
    twin.on("aws", "AWS", "aws");
    assertThat(route()).isInstanceOf(Remote.class);
  }

  @Test
  void gcpAndGoogleAreOneProvider() {
    twin.on("aws", "gcp", "google");
    assertThat(route()).isInstanceOf(Local.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", " , ,"})
  void toCrossWithoutATokenIsAnError(String token) {
    environment.put("INTER_CLOUD_TOKEN", token);
    assertThatThrownBy(this::route)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("_TOKEN");
    environment.remove("INTER_CLOUD_TOKEN");
    assertThatThrownBy(this::route)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("INTER_CLOUD_TOKEN");
  }

  @Test
  void theConnectionsOwnTokenCountsBeforeTheOnlyOne() {
    environment.put("REMOTE_WRITER_TOKEN", "own-token-of-the-writer");
    assertThat(route()).isEqualTo(new Remote(URI.create(URL), "own-token-of-the-writer"));
  }

  @Test
  void withTwoConnectionsTheOnlyTokenCouldBeEithersAndIsNotRead() {
    environment.put("REMOTE_TWIN_URL", "https://google.test/t");
    assertThatThrownBy(this::route)
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_WRITER_TOKEN");
  }

  @Test
  void ofSeveralTokensTheNewestIsSent() {
    environment.put("INTER_CLOUD_TOKEN", " newest , oldest");
    assertThat(route())
        .isInstanceOfSatisfying(
            Remote.class, remote -> assertThat(remote.token()).isEqualTo("newest"));
  }

  @Test
  void itsTextDoesNotShowTheToken() {
    assertThat(route().toString()).doesNotContain(Twin.TOKEN);
  }

  private Route route() {
    TwinInfo info =
        new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", twin.json())));
    return WRITER.route(new Environment(environment), info, List.of(TWIN));
  }
}
