package io.twinloom.model.function;

import static io.twinloom.model.FunctionKind.ARCHIVE_READER;
import static io.twinloom.model.FunctionKind.ARCHIVE_WRITER;
import static io.twinloom.model.FunctionKind.COLD_READER;
import static io.twinloom.model.FunctionKind.COLD_TO_ARCHIVE_MOVER;
import static io.twinloom.model.FunctionKind.COLD_WRITER;
import static io.twinloom.model.FunctionKind.CONNECTOR;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.DISPATCHER;
import static io.twinloom.model.FunctionKind.EVENT_CHECKER;
import static io.twinloom.model.FunctionKind.EVENT_FEEDBACK;
import static io.twinloom.model.FunctionKind.FEEDBACK_GATEWAY;
import static io.twinloom.model.FunctionKind.HISTORY_READER;
import static io.twinloom.model.FunctionKind.HOT_COPY_WRITER;
import static io.twinloom.model.FunctionKind.HOT_READER;
import static io.twinloom.model.FunctionKind.HOT_READER_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.HOT_TO_COLD_MOVER;
import static io.twinloom.model.FunctionKind.HOT_WRITER;
import static io.twinloom.model.FunctionKind.INGESTION;
import static io.twinloom.model.FunctionKind.PERSISTER;
import static io.twinloom.model.FunctionKind.PROCESSOR;
import static io.twinloom.model.FunctionKind.STORE_COPIER;
import static io.twinloom.model.FunctionKind.TWIN_COPIER;
import static io.twinloom.model.FunctionKind.TWIN_UPDATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.function.QueueUse.WaitsFor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows, against what the table of functions says of receivers, senders and stores. */
class FunctionSpecTest {

  @Test
  void theReceiversAreThoseOfTheTable() {
    assertThat(kinds(spec -> spec.receiver().isPresent()))
        .containsExactlyInAnyOrder(
            INGESTION,
            FEEDBACK_GATEWAY,
            HOT_WRITER,
            HOT_COPY_WRITER,
            HOT_READER,
            HOT_READER_LAST_ENTRY,
            COLD_WRITER,
            COLD_READER,
            ARCHIVE_WRITER,
            ARCHIVE_READER,
            TWIN_UPDATER);
  }

  @Test
  void thoseThatWaitForAStoreACloudOrTheUsersCodeSaySo() {
    assertThat(kinds(spec -> waitsFor(spec, WaitsFor.STORE_OR_CLOUD)))
        .containsExactlyInAnyOrder(CONNECTOR, PERSISTER);
    assertThat(kinds(spec -> waitsFor(spec, WaitsFor.USER_CODE))).containsExactly(PROCESSOR);
  }

  private static boolean waitsFor(FunctionSpec spec, WaitsFor what) {
    return spec.queue().filter(queue -> queue.waitsFor() == what).isPresent();
  }

  @Test
  void theSendersAreThoseOfTheTable() {
    assertThat(kinds(spec -> spec.sends().stream().anyMatch(to -> !to.withinLayer())))
        .containsExactlyInAnyOrder(
            CONNECTOR,
            PERSISTER,
            EVENT_FEEDBACK,
            HOT_TO_COLD_MOVER,
            COLD_TO_ARCHIVE_MOVER,
            DATA_CONNECTOR,
            DATA_CONNECTOR_LAST_ENTRY,
            HISTORY_READER,
            TWIN_COPIER);
  }

  @Test
  void whileALayerHasTwoCloudsItsFunctionsCallTheOthers() {
    assertThat(kinds(spec -> spec.sends().stream().anyMatch(Remote::withinLayer)))
        .containsExactlyInAnyOrder(
            FEEDBACK_GATEWAY, HOT_READER, HOT_READER_LAST_ENTRY, STORE_COPIER);
  }

  @Test
  void everyReceiverHasASenderAndEverySenderAReceiver() {
    Set<FunctionKind> called = new HashSet<>();
    for (FunctionSpec spec : all().toList()) {
      spec.sends().forEach(remote -> called.add(remote.receiver()));
    }
    assertThat(called)
        .containsExactlyInAnyOrderElementsOf(kinds(spec -> spec.receiver().isPresent()));
  }

  @Test
  void onlyReceiversWhereARepeatWouldHaveAnEffectKeepTheirAnswers() {
    assertThat(kinds(spec -> spec.receiver().filter(Receiver::answersRepeats).isPresent()))
        .containsExactlyInAnyOrder(INGESTION, FEEDBACK_GATEWAY)
        .isEqualTo(kinds(spec -> spec.needs(Need.RECORDED_ANSWERS)));
  }

  @Test
  void readersAreReadAndNeverWritten() {
    for (FunctionSpec spec : all().toList()) {
      boolean reader = spec.receiver().filter(Receiver::isReader).isPresent();
      boolean changes =
          spec.needs().values().stream()
              .anyMatch(how -> how.contains(Access.WRITE) || how.contains(Access.DELETE));
      assertThat(reader && changes).as(spec.kind().id()).isFalse();
    }
  }

  @Test
  void thoseThatStandInForReadersOnlyReadToo() {
    assertThat(kinds(FunctionSpec::onlyReads))
        .containsExactlyInAnyOrder(
            FunctionKind.HOT_READER,
            FunctionKind.HOT_READER_LAST_ENTRY,
            FunctionKind.COLD_READER,
            FunctionKind.ARCHIVE_READER,
            FunctionKind.DATA_CONNECTOR,
            FunctionKind.DATA_CONNECTOR_LAST_ENTRY,
            FunctionKind.HISTORY_READER);
  }

  @Test
  void onlyMoversDeleteAndTheyRunByThemselves() {
    assertThat(
            kinds(spec -> spec.needs().values().stream().anyMatch(h -> h.contains(Access.DELETE))))
        .containsExactly(HOT_TO_COLD_MOVER, COLD_TO_ARCHIVE_MOVER);
    assertThat(kinds(spec -> spec.rhythm().isPresent()))
        .containsExactly(HOT_TO_COLD_MOVER, COLD_TO_ARCHIVE_MOVER, STORE_COPIER, TWIN_COPIER)
        .isEqualTo(kinds(spec -> spec.needs(Need.MOVE_PLANS)));
  }

  @Test
  void whatCopiesAStoreOnlyReadsItAndTheCopyIsWrittenByAReceiver() {
    FunctionSpec copier = FunctionSpec.of(STORE_COPIER);
    for (Need need : List.of(Need.HOT_STORE, Need.COLD_STORE, Need.ARCHIVE_STORE)) {
      assertThat(copier.needs().get(need))
          .doesNotContain(Access.WRITE, Access.DELETE)
          .contains(Access.READ);
      assertThat(copier.requires(need)).isFalse();
    }
    assertThat(FunctionSpec.of(HOT_COPY_WRITER).needs().get(Need.HOT_STORE))
        .containsExactly(Access.WRITE, Access.READ);
  }

  @Test
  void whatCopiesATwinsValuesReadsAGraphThatItDoesNotAlwaysHave() {
    FunctionSpec copier = FunctionSpec.of(TWIN_COPIER);
    assertThat(copier.needs().get(Need.TWIN_GRAPH)).containsExactly(Access.READ);
    assertThat(copier.requires(Need.TWIN_GRAPH)).isFalse();
    assertThat(FunctionSpec.of(TWIN_UPDATER).requires(Need.TWIN_GRAPH)).isTrue();
    assertThat(kinds(FunctionSpec::isCopier)).containsExactly(STORE_COPIER, TWIN_COPIER);
  }

  @Test
  void aStoreOfAnotherLayerIsNotRequired() {
    assertThat(FunctionSpec.of(HOT_WRITER).requires(Need.HOT_STORE)).isTrue();
    assertThat(FunctionSpec.of(PERSISTER).requires(Need.HOT_STORE)).isFalse();
    assertThat(FunctionSpec.of(PERSISTER).needs(Need.HOT_STORE)).isTrue();
    assertThat(FunctionSpec.of(HOT_TO_COLD_MOVER).requires(Need.HOT_STORE)).isTrue();
    assertThat(FunctionSpec.of(HOT_TO_COLD_MOVER).requires(Need.COLD_STORE)).isFalse();
    assertThat(FunctionSpec.of(DISPATCHER).needs(Need.HOT_STORE)).isFalse();
  }

  @Test
  void whatMayWriteAStoreOnAnotherCloudSendsToItsReceiverThere() {
    for (FunctionSpec spec : all().toList()) {
      for (Need need : spec.needs().keySet()) {
        boolean writes = need.layer().isPresent() && spec.needs().get(need).contains(Access.WRITE);
        if (writes && !spec.requires(need)) {
          assertThat(spec.sends())
              .as(spec.kind().id() + " " + need)
              .anyMatch(r -> FunctionSpec.of(r.receiver()).requires(need));
        }
      }
    }
  }

  @Test
  void userCodeNeedsNothingAndItsCallerHasMoreTime() {
    List<FunctionSpec> code = all().filter(spec -> spec.runs() == Runs.USER_CODE).toList();
    assertThat(code).hasSize(3).allMatch(spec -> spec.needs().isEmpty());
    assertThat(FunctionSpec.of(PROCESSOR).size().timeoutSeconds())
        .isGreaterThan(code.getFirst().size().timeoutSeconds());
  }

  @Test
  void aMeasurementIsFollowedFromItsDeviceToTheStoreAndFromThere() {
    assertThat(FunctionSpec.verified(VerifyStep.INBOUND))
        .containsExactly(DISPATCHER, CONNECTOR, INGESTION, PROCESSOR, PERSISTER, HOT_WRITER);
    assertThat(FunctionSpec.verified(VerifyStep.AFTER_STORING))
        .containsExactly(EVENT_CHECKER, TWIN_UPDATER);
    assertThat(FunctionSpec.verified(VerifyStep.READ_BACK))
        .containsExactly(HISTORY_READER, DATA_CONNECTOR);
  }

  @Test
  void aConnectionsIdNamesItsEndsInTheDirectionOfTheData() {
    assertThat(
            new Route(Layer.L2, FunctionSpec.of(HOT_WRITER))
                .id(KnownClouds.AZURE, KnownClouds.GOOGLE))
        .isEqualTo("azure_l2_to_gcp_l3");
    assertThat(
            new Route(Layer.L4, FunctionSpec.of(HOT_READER))
                .id(KnownClouds.AWS, KnownClouds.GOOGLE))
        .isEqualTo("gcp_l3_to_aws_l4_hot_reader");
    assertThat(
            new Route(Layer.L3_HOT, FunctionSpec.of(COLD_READER))
                .id(KnownClouds.AWS, KnownClouds.AZURE))
        .isEqualTo("azure_l3cold_to_aws_l3hot_cold_reader");
  }

  @Test
  void theConnectionsOfAChangeLeadFromALayerToTheSameOne() {
    assertThat(within(STORE_COPIER))
        .containsExactly(
            "aws_l3hot_to_azure_l3hot_copy",
            "aws_l3cold_to_azure_l3cold_copy",
            "aws_l3archive_to_azure_l3archive_copy");
    assertThat(within(HOT_READER)).containsExactly("azure_l3_to_aws_l3_previous_reader");
    assertThat(within(HOT_READER_LAST_ENTRY))
        .containsExactly("azure_l3_to_aws_l3_previous_reader_last_entry");
    assertThat(within(FEEDBACK_GATEWAY)).containsExactly("aws_l1_to_azure_l1_feedback");
    assertThat(toUpdater(Layer.L4)).isEqualTo("aws_l4_to_azure_l4_copy");
    assertThat(toUpdater(Layer.L3_HOT)).isEqualTo("aws_l3hot_to_azure_l4_copy");
    assertThat(toUpdater(Layer.L2)).isEqualTo("aws_l2_to_azure_l4");
  }

  @Test
  void theSettingsOfAWayAreThoseOfItsReceiverButForACopyAndAPreviousCloud() {
    Route cold = new Route(Layer.L4, FunctionSpec.of(COLD_READER));
    assertThat(cold.variable(0)).isEqualTo("REMOTE_COLD_READER");
    assertThat(cold.variable(2)).isEqualTo("REMOTE_PREVIOUS_2_COLD_READER");
    FunctionSpec copier = FunctionSpec.of(STORE_COPIER);
    for (Remote remote : copier.sends()) {
      assertThat(Route.of(copier, remote).variable(0)).isEqualTo("REMOTE_COPY_WRITER");
    }
    for (Layer from : List.of(Layer.L4, Layer.L3_HOT)) {
      assertThat(new Route(from, FunctionSpec.of(TWIN_UPDATER)).variable(1))
          .isEqualTo("REMOTE_COPY_WRITER");
    }
  }

  private static String toUpdater(Layer from) {
    return new Route(from, FunctionSpec.of(TWIN_UPDATER)).id(KnownClouds.AWS, KnownClouds.AZURE);
  }

  private static List<String> within(FunctionKind sender) {
    FunctionSpec spec = FunctionSpec.of(sender);
    return spec.sends().stream()
        .filter(Remote::withinLayer)
        .map(to -> Route.of(spec, to).id(KnownClouds.AWS, KnownClouds.AZURE))
        .toList();
  }

  @Test
  void noTwoRoutesHaveOneId() {
    Set<String> ids = new HashSet<>();
    for (Route route : Route.all()) {
      assertThat(ids.add(route.id(KnownClouds.AWS, KnownClouds.AZURE)))
          .as(route.toString())
          .isTrue();
    }
  }

  private static Stream<FunctionSpec> all() {
    return Stream.of(FunctionKind.values()).map(FunctionSpec::of);
  }

  private static List<FunctionKind> kinds(Predicate<FunctionSpec> which) {
    return all().filter(which).map(FunctionSpec::kind).toList();
  }
}
