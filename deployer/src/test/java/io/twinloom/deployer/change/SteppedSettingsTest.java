package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinConfig.Signing;
import io.twinloom.model.TwinConfig.SigningMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteppedSettingsTest {

  @ParameterizedTest
  @EnumSource(SigningMode.class)
  void whatIsWrittenIsReadAgain(SigningMode mode) {
    SteppedSettings settings =
        new SteppedSettings(
            mode == SigningMode.ON,
            new Signing(mode, Map.of("aws_l1_to_azure_l2", SigningMode.STRICT, "b", mode)));
    assertThat(SteppedSettings.of(Json.parseObject(Json.bytes(settings.toJson()))))
        .isEqualTo(settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"project\": \"abc\"}",
        "{\"compressChunks\": \"yes\", \"signing\": \"off\", \"signingByConnection\": {}}",
        "{\"compressChunks\": true, \"signing\": \"of\", \"signingByConnection\": {}}",
        "{\"compressChunks\": true, \"signing\": \"off\", \"signingByConnection\": {\"a\": 1}}"
      })
  void somethingElseIsNotReadAsSettings(String text) {
    JsonObject json = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SteppedSettings.of(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
