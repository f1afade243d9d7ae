package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A mover that is suspended")
class SuspendedMoverTest {

  private static final String WHY = "a change copies L3 hot";
  private static final JsonObject SUSPENDED = JsonObject.builder().put("suspended", WHY).build();
  private static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);

  private HostedFunction mover(FunctionKind kind) {
    return cloud.function(kind, new Twin(), Map.of("MOVER_SUSPENDED", WHY));
  }

  @ParameterizedTest
  @EnumSource(
      value = FunctionKind.class,
      names = {"HOT_TO_COLD_MOVER", "COLD_TO_ARCHIVE_MOVER"})
  @DisplayName("does nothing and says why")
  void doesNothing(FunctionKind kind) {
    oldItem();
    assertThat(mover(kind).invoke(JsonObject.EMPTY)).isEqualTo(SUSPENDED);
    assertThat(cloud.hotStore.all()).hasSize(1);
    assertThat(cloud.movePlans.open("plant-" + kind.id())).isEmpty();
  }

  @Test
  @DisplayName("carries an open plan out where it is asked to continue, and makes no new one")
  void continuesItsOpenPlan() {
    oldItem();
    String cutOff = Timestamps.of(FakeCloud.NOW.minus(Duration.ofDays(8)));
    cloud.movePlans.save(
        new Run("plant-hot-to-cold-mover", 0, cutOff, "", FakeCloud.NOW, Position.BEGINNING),
        List.of(),
        List.of());
    JsonObject result = (JsonObject) mover(FunctionKind.HOT_TO_COLD_MOVER).invoke(CONTINUE);
    assertThat(result.text("suspended")).contains(WHY);
    assertThat(result.get("items")).hasToString("1");
    assertThat(result.get("open_plan")).hasToString("false");
    assertThat(cloud.hotStore.all()).isEmpty();
    oldItem();
    JsonObject again = (JsonObject) mover(FunctionKind.HOT_TO_COLD_MOVER).invoke(CONTINUE);
    assertThat(again.get("items")).hasToString("0");
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  @DisplayName("still sends a marked chunk, by which the way is tried")
  void marked() {
    JsonObject order = JsonObject.builder().put("_verify", "v1").build();
    mover(FunctionKind.HOT_TO_COLD_MOVER).invoke(order);
    assertThat(cloud.coldStore.keys()).hasSize(1);
  }

  private void oldItem() {
    String time = Timestamps.of(FakeCloud.NOW.minus(Duration.ofDays(9)));
    JsonObject body =
        JsonObject.builder()
            .put("id", "press-1_" + time)
            .put("device_id", "press-1")
            .put("timestamp", time)
            .put("event_id", "e")
            .build();
    cloud.hotStore.put(new HotItem("press-1", time, "e", body));
  }
}
