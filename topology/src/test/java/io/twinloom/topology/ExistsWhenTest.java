package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Features;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of functions, read from the specification once more and held for every placement. */
class ExistsWhenTest {

  @Test
  void eachFunctionExistsWhenTheTableSaysSo() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology topology = Topology.of(project);
          for (FunctionKind kind : FunctionKind.values()) {
            boolean exists = topology.function(kind).isPresent();
            if (exists != expected(kind, project)) {
              wrong.add(kind + " " + project.placement() + " " + project.features());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void eachFunctionRunsOnTheCloudOfItsLayer() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          for (DeployedFunction f : Topology.of(project).functions()) {
            if (!Optional.of(f.cloud()).equals(project.placement().of(f.layer()))
                || f.layer() != expectedLayer(f.kind(), project.placement())) {
              wrong.add(f + " " + project.placement());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  private static Layer expectedLayer(FunctionKind kind, Placement p) {
    if (kind == FunctionKind.HISTORY_READER && p.l4().isEmpty()) {
      return Layer.L3_HOT;
    }
    return FunctionSpec.of(kind).layer();
  }

  private static boolean expected(FunctionKind kind, Project project) {
    Placement p = project.placement();
    Features f = project.features();
    boolean history = project.config().historyOverTiers();
    String l4 = p.l4().map(Provider::id).orElse("none");
    return switch (kind) {
      case DISPATCHER, PROCESSOR, PERSISTER, HOT_READER, HOT_READER_LAST_ENTRY -> true;
      case HOT_TO_COLD_MOVER, COLD_TO_ARCHIVE_MOVER, USER_PROCESSOR -> true;
      case HOT_COPY_WRITER, STORE_COPIER, TWIN_COPIER -> false;
      case CONNECTOR, INGESTION -> p.l1() != p.l2();
      case HOT_WRITER -> p.l2() != p.l3Hot();
      case COLD_WRITER -> p.l3Hot() != p.l3Cold();
      case ARCHIVE_WRITER -> p.l3Cold() != p.l3Archive();
      case EVENT_CHECKER, EVENT_ACTION -> f.useEventChecking();
      case WORKFLOW -> f.triggerNotificationWorkflow();
      case EVENT_FEEDBACK, USER_FEEDBACK -> f.returnFeedbackToDevice();
      case FEEDBACK_GATEWAY -> f.returnFeedbackToDevice() && p.l1() != p.l2();
      case COLD_READER, ARCHIVE_READER, HISTORY_READER -> history;
      case DATA_CONNECTOR, DATA_CONNECTOR_LAST_ENTRY ->
          !l4.equals("none") && !l4.equals(p.l3Hot().id());
      case TWIN_UPDATER -> l4.equals("azure") || l4.equals("google");
    };
  }
}
