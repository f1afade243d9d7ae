package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.model.TwinConfig.SigningMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection's signing mode sends, and what its receiver asks for. */
class SigningModeTest extends SignedRequestFixture {
  @Test
  void whereSigningIsOnTheTokenAndTheSignatureGoAlong() {
    Request request = sent(SigningMode.ON, List.of(Twin.TOKEN));
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("webhook-id", "key-1")
        .containsEntry("webhook-timestamp", Long.toString(FakeCloud.NOW.getEpochSecond()));
    assertThat(request.headers().get("webhook-signature")).startsWith("v1,").doesNotContain(" ");
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void inStrictModeTheTokenIsNotSent() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(request.headers()).doesNotContainKey("X-Inter-Cloud-Token");
    assertThat(request.headers().toString()).doesNotContain(Twin.TOKEN);
    assertThat(received(request, "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void withoutSigningThereIsNoSignature() {
    Request request = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    assertThat(request.headers()).doesNotContainKey("webhook-signature");
  }

  @Test
  void inStrictModeARequestWithoutASignatureIsRefusedThoughItsTokenIsRight() {
    Request request = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    assertThat(received(request, "strict", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a signed request comes without the token")
  void whereSigningIsOnASignatureWithoutTheTokenIsRefused() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(withToken(request, OTHER), "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(withToken(request, Twin.TOKEN), "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(receiving.invoker.later()).hasSize(1);
  }

  @Test
  void whereSigningIsOnAWrongSignatureBesideTheTokenIsRefused() {
    Request request = withToken(sent(SigningMode.STRICT, List.of(OTHER)), Twin.TOKEN);
    assertThat(received(request, "on", Twin.TOKEN).status()).isEqualTo(403);
    assertThat(received(request, "on,strict", Twin.TOKEN + "," + OTHER).status()).isEqualTo(403);
  }

  @Test
  void inStrictModeATokenBesideTheSignatureIsIgnored() {
    Request request = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(withToken(request, Twin.TOKEN), "strict", Twin.TOKEN).status())
        .isEqualTo(200);
    assertThat(received(withToken(request, OTHER), "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void aConnectionGoesToStrictAndBackWithoutARefusedRequest() {
    Request off = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    Request on = sent(SigningMode.ON, List.of(Twin.TOKEN));
    Request strict = sent(SigningMode.STRICT, List.of(Twin.TOKEN));
    assertThat(received(off, "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(on, "on", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(on, "strict", Twin.TOKEN).status()).isEqualTo(200);
    assertThat(received(strict, "strict", Twin.TOKEN).status()).isEqualTo(200);
  }

  @Test
  void eachConnectionOfAReceiverHasItsOwnMode() {
    Request strict = sent(SigningMode.OFF, List.of(Twin.TOKEN));
    Request unsigned = sent(SigningMode.OFF, List.of(OTHER));
    String tokens = Twin.TOKEN + "," + OTHER;
    assertThat(received(strict, "strict,off", tokens).status()).isEqualTo(403);
    assertThat(received(unsigned, "strict,off", tokens).status()).isEqualTo(200);
  }

  @Test
  void anUnsignedConnectionDoesNotLookAtSignatures() {
    Map<String, String> headers =
        Map.of(
            "x-inter-cloud-token",
            Twin.TOKEN,
            "webhook-id",
            "x",
            "webhook-signature",
            "v1,nonsense");
    assertThat(
            ingestion("off", Twin.TOKEN)
                .receive(head(headers), ENVELOPE.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on,off", "strict,on,off", "ON"})
  void aReceiverDoesNotStartWhereItIsNotClearWhatIsSigned(String signed) {
    assertThatThrownBy(() -> ingestion(signed, Twin.TOKEN))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("INTER_CLOUD_SIGNED");
  }
}
