package io.twinloom.functions.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  @Test
  void valuesAreStripped() {
    Environment environment = new Environment(Map.of("NAME", "  plant-persister\n"));
    assertThat(environment.required("NAME")).isEqualTo("plant-persister");
    assertThat(environment.optional("NAME")).contains("plant-persister");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aBlankValueIsAMissingOne(String blank) {
    Environment environment = new Environment(Map.of("NAME", blank));
    assertThat(environment.optional("NAME")).isEmpty();
    assertThatThrownBy(() -> environment.required("NAME"))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("NAME");
  }

  @Test
  void aMissingRequiredValueIsAnErrorThatNamesItsVariable() {
    assertThatThrownBy(() -> new Environment(Map.of()).required("PERSISTER_LAMBDA_NAME"))
        .isInstanceOfSatisfying(
            ConfigurationError.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-SETTING-MISSING");
              assertThat(e.where()).isEqualTo("PERSISTER_LAMBDA_NAME");
              assertThat(e.retryable()).isFalse();
            });
  }

  @Test
  void aSwitchIsTrueOrFalseAndOffByDefault() {
    assertThat(new Environment(Map.of("S", "true")).flag("S")).isTrue();
    assertThat(new Environment(Map.of("S", "false")).flag("S")).isFalse();
    assertThat(new Environment(Map.of()).flag("S")).isFalse();
    assertThatThrownBy(() -> new Environment(Map.of("S", "yes")).flag("S"))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("S");
  }

  @Test
  void aNumberIsWholeAndFromOne() {
    Environment environment = new Environment(Map.of("N", "900"));
    assertThat(environment.number("N")).contains(900);
    assertThat(environment.seconds("N")).contains(Duration.ofMinutes(15));
    assertThat(environment.number("M")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0", "-1", "1.5", "1e3", "0x10", "1234567890"})
  void aNumberThatIsNoneIsAnErrorThatNamesItsVariable(String text) {
    assertThatThrownBy(() -> new Environment(Map.of("N", text)).number("N"))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("N");
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "/writer", "ftp://a.test/x", "https:///x", "http://a b/"})
  void anAddressThatIsNoneIsAnErrorWithoutItsValue(String url) {
    assertThatThrownBy(
            () -> new Environment(Map.of("REMOTE_WRITER_URL", url)).url("REMOTE_WRITER_URL"))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_WRITER_URL")
        .hasMessageNotContaining(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/x",
        "http://127.example.com/x",
        "http://localhost.example.com/x",
        "http://192.168.1.5:8080/x",
        "http://0.0.0.0:8080/x",
        "https://u:p@example.com/x",
        "https://u@example.com/x",
        "http://u:p@127.0.0.1/x",
        "https://a@b@example.com/x"
      })
  @DisplayName("a sender is given a receiver's address without TLS, or with a user name in it")
  void anAddressThatNoTokenMayBeSentToIsAnErrorWithoutItsValue(String url) {
    assertThatThrownBy(
            () -> new Environment(Map.of("REMOTE_WRITER_URL", url)).url("REMOTE_WRITER_URL"))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_WRITER_URL")
        .hasMessageNotContaining("example")
        .hasMessageNotContaining("u:p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/x",
        "HTTPS://example.com",
        "http://127.0.0.1:40123/twin-hot-writer",
        "http://127.8.9.10/x",
        "http://localhost:1/x",
        "http://[::1]:1/x"
      })
  void anEncryptedAddressAndOneOfThisMachineMayBeUsed(String url) {
    assertThat(new Environment(Map.of("REMOTE_WRITER_URL", url)).url("REMOTE_WRITER_URL"))
        .contains(java.net.URI.create(url));
  }

  @Test
  void itsTextShowsNoValue() {
    assertThat(new Environment(Map.of("INTER_CLOUD_TOKEN", "secret-value")))
        .asString()
        .contains("INTER_CLOUD_TOKEN")
        .doesNotContain("secret-value");
  }
}
