package io.twinloom.topology;

import static io.twinloom.model.FunctionKind.ARCHIVE_READER;
import static io.twinloom.model.FunctionKind.ARCHIVE_WRITER;
import static io.twinloom.model.FunctionKind.COLD_READER;
import static io.twinloom.model.FunctionKind.COLD_TO_ARCHIVE_MOVER;
import static io.twinloom.model.FunctionKind.COLD_WRITER;
import static io.twinloom.model.FunctionKind.CONNECTOR;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.EVENT_FEEDBACK;
import static io.twinloom.model.FunctionKind.FEEDBACK_GATEWAY;
import static io.twinloom.model.FunctionKind.HISTORY_READER;
import static io.twinloom.model.FunctionKind.HOT_READER;
import static io.twinloom.model.FunctionKind.HOT_READER_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.HOT_TO_COLD_MOVER;
import static io.twinloom.model.FunctionKind.HOT_WRITER;
import static io.twinloom.model.FunctionKind.INGESTION;
import static io.twinloom.model.FunctionKind.PERSISTER;
import static io.twinloom.model.FunctionKind.TWIN_UPDATER;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a project's twin crosses from cloud to cloud: one row of the table of connections after the
 * other. What is exposed follows from this and from nothing else.
 */
final class Crossings {
  private final Placement placement;
  private final List<Crossing> crossings = new ArrayList<>();

  private Crossings(Placement placement) {
    this.placement = placement;
  }

  static List<Crossing> of(Project project) {
    Crossings crossings = new Crossings(project.placement());
    crossings.measurements();
    if (project.features().returnFeedbackToDevice()) {
      crossings.feedback();
    }
    crossings.twinUpdates();
    crossings.tiers();
    crossings.twinReads(project.config().historyOverTiers());
    crossings.viewReads();
    if (project.config().historyOverTiers()) {
      crossings.history();
    }
    return List.copyOf(crossings.crossings);
  }

  /** One side of a crossing, as ids name it. */
  private record End(Provider cloud, String layer) {
    @Override
    public String toString() {
      return cloud.connectionId() + "_" + layer;
    }
  }

  /** Data goes to where the receiver is. */
  private void push(End from, End to, String suffix, FunctionKind sender, FunctionKind receiver) {
    if (from.cloud() != to.cloud()) {
      crossings.add(
          new Crossing(
              from + "_to_" + to + suffix,
              from.cloud(),
              to.cloud(),
              List.of(sender),
              receiver,
              sender.layer().title() + " on " + from.cloud().id() + " sends to it"));
    }
  }

  /** Data is fetched from where the receiver is: the id goes the way of the data. */
  private void pull(
      End store, End reader, List<FunctionKind> senders, FunctionKind receiver, String why) {
    String name = "_" + receiver.id().replace('-', '_');
    crossings.add(
        new Crossing(
            store + "_to_" + reader + name, reader.cloud(), store.cloud(), senders, receiver, why));
  }

  private void measurements() {
    push(new End(placement.l1(), "l1"), new End(placement.l2(), "l2"), "", CONNECTOR, INGESTION);
    push(
        new End(placement.l2(), "l2"), new End(placement.l3Hot(), "l3"), "", PERSISTER, HOT_WRITER);
  }

  private void feedback() {
    push(
        new End(placement.l2(), "l2"),
        new End(placement.l1(), "l1"),
        "_feedback",
        EVENT_FEEDBACK,
        FEEDBACK_GATEWAY);
  }

  private void twinUpdates() {
    if (isPushedTo(placement)) {
      End l4 = new End(placement.l4().orElseThrow(), "l4");
      push(new End(placement.l2(), "l2"), l4, "", PERSISTER, TWIN_UPDATER);
    }
  }

  private void tiers() {
    End cold = new End(placement.l3Cold(), "l3cold");
    push(new End(placement.l3Hot(), "l3hot"), cold, "", HOT_TO_COLD_MOVER, COLD_WRITER);
    End archive = new End(placement.l3Archive(), "l3archive");
    push(cold, archive, "", COLD_TO_ARCHIVE_MOVER, ARCHIVE_WRITER);
  }

  private void twinReads(boolean history) {
    if (placement.l4().filter(l4 -> l4 != placement.l3Hot()).isEmpty()) {
      return;
    }
    End hot = new End(placement.l3Hot(), "l3");
    End l4 = new End(placement.l4().orElseThrow(), "l4");
    String why = "L4 on " + l4.cloud().id() + " reads the hot store through it";
    List<FunctionKind> ranges =
        history ? List.of(DATA_CONNECTOR, HISTORY_READER) : List.of(DATA_CONNECTOR);
    pull(hot, l4, ranges, HOT_READER, why);
    pull(hot, l4, List.of(DATA_CONNECTOR_LAST_ENTRY), HOT_READER_LAST_ENTRY, why);
  }

  private void viewReads() {
    if (placement.l5().isEmpty() || viewReadsThroughTwin(placement)) {
      return;
    }
    End hot = new End(placement.l3Hot(), "l3");
    End l5 = new End(placement.l5().orElseThrow(), "l5");
    String why = "L5 on " + l5.cloud().id() + " reads the hot store itself";
    pull(hot, l5, List.of(), HOT_READER, why);
    pull(hot, l5, List.of(), HOT_READER_LAST_ENTRY, why);
  }

  /** Without L4 the history is read where the hot store is, and the ids say so. */
  private void history() {
    End reader =
        placement
            .l4()
            .map(l4 -> new End(l4, "l4"))
            .orElseGet(() -> new End(placement.l3Hot(), "l3hot"));
    String why = "the history is read on " + reader.cloud().id();
    if (placement.l3Cold() != reader.cloud()) {
      End cold = new End(placement.l3Cold(), "l3cold");
      pull(cold, reader, List.of(HISTORY_READER), COLD_READER, why);
    }
    if (placement.l3Archive() != reader.cloud()) {
      End archive = new End(placement.l3Archive(), "l3archive");
      pull(archive, reader, List.of(HISTORY_READER), ARCHIVE_READER, why);
    }
  }

  /** Azure's and Google's twins are pushed to; TwinMaker pulls through the readers. */
  static boolean isPushedTo(Placement placement) {
    return placement.l4().filter(l4 -> l4 != Provider.AWS).isPresent();
  }

  /** Whether what is pushed to the twin leaves layer 2's cloud. */
  static boolean pushesFar(Placement placement) {
    return isPushedTo(placement) && placement.l4().filter(l4 -> l4 != placement.l2()).isPresent();
  }

  /** TwinMaker has a plugin for Grafana on AWS; no other view reads through its twin. */
  private static boolean viewReadsThroughTwin(Placement placement) {
    return placement.l4().filter(l4 -> l4 == Provider.AWS).isPresent()
        && placement.l5().filter(l5 -> l5 == Provider.AWS).isPresent();
  }
}
