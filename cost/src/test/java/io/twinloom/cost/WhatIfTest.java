package io.twinloom.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.cost.codec.PlacementJson;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.cost.usage.DerivedUsage;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageFile;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.plan.PlanDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a move of a layer changes. */
class WhatIfTest {

  private final CostModel model = new CostModel(BuiltInPrices.read(), true);

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "Moving the cold tier shows the endpoints that open, the data that is in it and the cost")
  void aMoveShowsAllThatItChanges() {
    Project project = Twins.full(folder, Provider.named("aws"));
    WhatIf whatIf = move(project, "l3_cold=google");
    assertThat(whatIf.changes().changes())
        .extracting(PlanDifference.Change::name)
        .contains("mill-cold-writer", "mill-archive-writer", "mill-cold-reader");
    assertThat(whatIf.exposed())
        .extracting(WhatIf.Exposed::function)
        .contains("mill-cold-writer", "mill-archive-writer", "mill-cold-reader");
    assertThat(whatIf.data()).hasSize(1);
    assertThat(whatIf.data().getFirst().layer()).isEqualTo(Layer.L3_COLD);
    assertThat(whatIf.data().getFirst().bytes()).isPositive();
    assertThat(whatIf.before().crossings()).isZero();
    assertThat(whatIf.after().crossings()).isEqualTo(3);
    assertThat(whatIf.difference().expected())
        .isEqualByComparingTo(
            whatIf
                .after()
                .bill()
                .total()
                .expected()
                .subtract(whatIf.before().bill().total().expected()));
  }

  @Test
  void whatBecomesOfTheDataIsSaidForThisMachineAndForTheClouds() {
    Project project = Twins.full(folder, Provider.named("aws"));
    assertThat(how(project, "l3_hot=google"))
        .isEqualTo(
            "Deploy copies it while devices go on sending, on this machine and on the clouds.");
    assertThat(how(project, "l3_archive=google"))
        .contains("unless it must be restored first", "On the clouds it stays on the former one");
    Map<Layer, Provider> moves = Placements.parse(List.of("l3_hot=google"), project.placement());
    Usage busy =
        Usage.of(
            List.of(
                DerivedUsage.of(project),
                UsageFile.read(
                    JsonObject.builder().put("deviceSendingIntervalInMinutes", 0.001).build(),
                    "/usage")));
    assertThat(model.whatIf(project, busy, moves).data().getFirst().how())
        .contains("On the clouds more than 1 GiB stays on the former one", "--copy-data");
    assertThat(how(project, "l4=azure"))
        .contains("On this machine their newest values are carried over", "on the clouds");
  }

  private String how(Project project, String assignment) {
    return move(project, assignment).data().getFirst().how();
  }

  @Test
  void crossingTheWayOfAMeasurementTakesLonger() {
    Project project = Twins.full(folder, Provider.named("aws"));
    WhatIf whatIf = move(project, "l2=azure");
    assertThat(whatIf.after().latency().stored().expected())
        .isGreaterThan(whatIf.before().latency().stored().expected());
  }

  @Test
  void aMoveToWhereTheLayerIsChangesNothing() {
    Project project = Twins.full(folder, Provider.named("aws"));
    WhatIf whatIf = move(project, "l2=aws");
    assertThat(whatIf.changes().changes()).isEmpty();
    assertThat(whatIf.difference().expected()).isZero();
    assertThat(PlacementJson.of(whatIf, List.of()).array("data")).isPresent();
  }

  @Test
  void whatIsNoMoveIsRefused() {
    Project project = Twins.small(folder, Provider.named("aws"));
    for (String wrong : List.of("l9=aws", "l2=nimbus", "l2", "l5=aws")) {
      assertThatThrownBy(() -> Placements.parse(List.of(wrong), project.placement()))
          .isInstanceOf(TwinloomException.class)
          .extracting(e -> ((TwinloomException) e).where())
          .isEqualTo(wrong);
    }
  }

  private WhatIf move(Project project, String assignment) {
    Map<Layer, Provider> moves = Placements.parse(List.of(assignment), project.placement());
    return model.whatIf(project, Usage.of(List.of(DerivedUsage.of(project))), moves);
  }
}
