package io.twinloom.functions.catalog;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.event.EventChecker;
import io.twinloom.functions.event.EventFeedback;
import io.twinloom.functions.event.FeedbackGateway;
import io.twinloom.functions.history.HistoryReader;
import io.twinloom.functions.history.TierReader;
import io.twinloom.functions.hot.HotReader;
import io.twinloom.functions.hot.HotReaderLastEntry;
import io.twinloom.functions.hot.HotWriter;
import io.twinloom.functions.iot.Connector;
import io.twinloom.functions.iot.Dispatcher;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.processing.Ingestion;
import io.twinloom.functions.processing.Persister;
import io.twinloom.functions.processing.ProcessorWrapper;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.tier.ArchiveWriter;
import io.twinloom.functions.tier.ColdToArchiveMover;
import io.twinloom.functions.tier.ColdWriter;
import io.twinloom.functions.tier.HotCopyWriter;
import io.twinloom.functions.tier.HotToColdMover;
import io.twinloom.functions.tier.StoreCopier;
import io.twinloom.functions.twin.DataConnector;
import io.twinloom.functions.twin.TwinCopier;
import io.twinloom.functions.twin.TwinUpdater;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import java.util.List;

/**
 * Makes the body of one function.
 *
 * @param kind which function it is
 */
record FunctionBodies(FunctionKind kind, Environment settings, TwinInfo twin, NeededPorts ports) {

  /**
   * The body, with its settings read and checked.
   *
   * @throws ConfigurationError if a setting is missing or wrong, or a port that it needs is not
   *     there
   * @throws TwinloomException if there is no system function of this kind
   */
  FunctionBody make() {
    return switch (kind) {
      case DISPATCHER ->
          new Dispatcher(
              Dispatcher.Settings.of(settings, twin),
              twin,
              ports.seenDevicesIfNoted(),
              ports.runtime());
      case CONNECTOR ->
          new Connector(Connector.Settings.of(settings, twin), ports.senders(), ports.runtime());
      case FEEDBACK_GATEWAY ->
          new FeedbackGateway(
              twin,
              ports.devices(),
              ports.seenDevicesIfNoted(),
              FeedbackGateway.former(settings, twin),
              ports.senders(),
              ports.runtime());
      case INGESTION -> new Ingestion(twin);
      case PROCESSOR ->
          new ProcessorWrapper(
              ProcessorWrapper.Settings.of(settings), twin, ports.invoker(), ports.runtime());
      case PERSISTER ->
          new Persister(
              Persister.Settings.of(settings, twin),
              twin,
              ports.hotStoreIfHere(),
              ports.senders(),
              ports.runtime());
      case EVENT_CHECKER ->
          new EventChecker(
              EventChecker.Settings.of(settings, twin, ports.runtime().cloud()),
              twin,
              ports.workflows(),
              ports.runtime());
      case EVENT_FEEDBACK ->
          new EventFeedback(
              EventFeedback.Settings.of(settings, twin),
              twin,
              ports.devicesIfHere(),
              ports.seenDevicesIfNoted(),
              ports.senders(),
              ports.invoker(),
              ports.runtime());
      case HOT_WRITER -> new HotWriter(twin, ports.hotStore());
      case HOT_COPY_WRITER -> new HotCopyWriter(ports.hotStore());
      case HOT_READER -> new HotReader(twin, ports.hotStore(), otherHot(), ports.senders());
      case HOT_READER_LAST_ENTRY ->
          new HotReaderLastEntry(twin, ports.hotStore(), otherHot(), ports.senders());
      case HOT_TO_COLD_MOVER ->
          new HotToColdMover(
              HotToColdMover.Settings.of(settings, twin),
              twin,
              ports.hotStore(),
              ports.coldStoreIfHere(),
              ports.movePlans(),
              ports.senders());
      case COLD_WRITER -> new ColdWriter(twin, ports.coldStore());
      case COLD_READER -> new TierReader(twin, ports.coldStore());
      case COLD_TO_ARCHIVE_MOVER ->
          new ColdToArchiveMover(
              ColdToArchiveMover.Settings.of(settings, twin),
              twin,
              ports.coldStore(),
              ports.archiveStoreIfHere(),
              ports.movePlans(),
              ports.senders());
      case ARCHIVE_WRITER -> new ArchiveWriter(ports.archiveStore());
      case ARCHIVE_READER -> new TierReader(twin, ports.archiveStore());
      case STORE_COPIER ->
          new StoreCopier(
              StoreCopier.Settings.of(settings, twin),
              new StoreCopier.Stores(
                  ports.hotStoreIfHere(),
                  ports.coldStoreIfHere(),
                  ports.archiveStoreIfHere(),
                  ports.cloud()::hasRoom,
                  ports.cloud().pace()),
              ports.movePlans(),
              ports.senders());
      case HISTORY_READER ->
          new HistoryReader(
              HistoryReader.Settings.of(settings, twin), twin, ports.senders(), ports.invoker());
      case DATA_CONNECTOR ->
          DataConnector.ofRanges(
              DataConnector.Settings.of(settings, twin), twin, ports.senders(), ports.invoker());
      case DATA_CONNECTOR_LAST_ENTRY ->
          DataConnector.ofNewestValues(
              DataConnector.Settings.of(settings, twin), twin, ports.senders(), ports.invoker());
      case TWIN_UPDATER -> new TwinUpdater(twin, ports.twinGraph());
      case TWIN_COPIER ->
          new TwinCopier(
              TwinCopier.Settings.of(settings, twin),
              twin,
              new TwinCopier.Ports(
                  ports.twinGraphIfHere(), ports.movePlans(), ports.senders(), ports.invoker()));
      case USER_PROCESSOR, USER_FEEDBACK, EVENT_ACTION, WORKFLOW ->
          throw new TwinloomException(
              ModelError.FUNCTION_UNKNOWN,
              "There is no system function " + kind.id() + " to run.",
              kind.id(),
              "User functions and workflows are run by their own host.");
    };
  }

  /** The ways to the readers of the twin's other hot stores. */
  private List<PreviousRoute> otherHot() {
    return PreviousRoute.of("READER", Layer.L3_HOT, Layer.L3_HOT, settings, twin);
  }
}
