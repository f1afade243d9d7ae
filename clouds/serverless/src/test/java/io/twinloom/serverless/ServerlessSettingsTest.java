package io.twinloom.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.Environment;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerlessSettingsTest {

  private static final Map<Need, String> VARIABLES =
      Map.of(
          Need.HOT_STORE, "HOT",
          Need.COLD_STORE, "COLD",
          Need.MOVE_PLANS, "STATE",
          Need.RECORDED_ANSWERS, "STATE");

  @Test
  void aFunctionGetsWhatItsRowNeedsAndNothingElse() {
    ServerlessSettings settings = read(FunctionKind.HOT_TO_COLD_MOVER);
    assertThat(settings.name()).isEqualTo("plant-f");
    assertThat(settings.resources())
        .containsOnly(
            Map.entry(Need.HOT_STORE, "hot"),
            Map.entry(Need.COLD_STORE, "cold"),
            Map.entry(Need.MOVE_PLANS, "state"));
    assertThat(read(FunctionKind.DISPATCHER).resources()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HOT_WRITER, HOT", "HOT_TO_COLD_MOVER, HOT", "HOT_TO_COLD_MOVER, STATE"})
  void whatItsOwnLayerKeepsIsRequired(FunctionKind kind, String variable) {
    assertThatThrownBy(() -> ServerlessSettings.of(without(kind, variable), VARIABLES))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining(variable);
  }

  @ParameterizedTest
  @CsvSource({"PERSISTER, HOT, HOT_STORE", "HOT_TO_COLD_MOVER, COLD, COLD_STORE"})
  void aStoreOfAnotherLayerMayBeOnAnotherCloud(FunctionKind kind, String variable, Need need) {
    assertThat(ServerlessSettings.of(without(kind, variable), VARIABLES).resource(need)).isEmpty();
  }

  @Test
  void aKindThatDoesNotExistIsAnError() {
    Environment environment =
        new Environment(
            Map.of("TWINLOOM_FUNCTION_KIND", "teapot", "TWINLOOM_FUNCTION_NAME", "plant-f"));
    assertThatThrownBy(() -> ServerlessSettings.of(environment, VARIABLES))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("TWINLOOM_FUNCTION_KIND");
  }

  @ParameterizedTest
  @EnumSource(FunctionKind.class)
  void onlyAMoverHasATimeLimitAndLanesAndItsOwnOnesHold(FunctionKind kind) {
    boolean mover = FunctionSpec.of(kind).needs(Need.MOVE_PLANS);
    Map<String, String> limit =
        Map.of("MOVER_TIME_LIMIT_SECONDS", "780", "MOVER_LANES_AT_ONCE", "4");
    assertThat(ServerlessSettings.limited(kind, Map.of(), 780)).isEqualTo(mover ? limit : Map.of());
    Map<String, String> own = Map.of("MOVER_TIME_LIMIT_SECONDS", "60", "MOVER_LANES_AT_ONCE", "1");
    assertThat(ServerlessSettings.limited(kind, own, 780)).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "DISPATCHER, INVOKER",
    "HOT_READER, HOT_STORE",
    "PERSISTER, HOT_STORE",
    "COLD_WRITER, ''",
    "HOT_TO_COLD_MOVER, ''"
  })
  void theCallThatSomebodyWaitsForIsPrimed(FunctionKind kind, String expected) {
    assertThat(primed(read(kind))).isEqualTo(expected);
  }

  @Test
  void aStoreOnAnotherCloudIsNotPrimed() {
    assertThat(primed(ServerlessSettings.of(without(FunctionKind.PERSISTER, "HOT"), VARIABLES)))
        .isEmpty();
  }

  private static String primed(ServerlessSettings settings) {
    List<String> calls = new ArrayList<>();
    Priming.of(
        settings,
        Map.of(
            Need.INVOKER, () -> calls.add("INVOKER"),
            Need.HOT_STORE, () -> calls.add("HOT_STORE")));
    return String.join(",", calls);
  }

  private static ServerlessSettings read(FunctionKind kind) {
    return ServerlessSettings.of(without(kind, ""), VARIABLES);
  }

  private static Environment without(FunctionKind kind, String variable) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "TWINLOOM_FUNCTION_KIND", kind.id(),
                "TWINLOOM_FUNCTION_NAME", "plant-f",
                "HOT", "hot",
                "COLD", "cold",
                "STATE", "state"));
    all.remove(variable);
    return new Environment(all);
  }
}
