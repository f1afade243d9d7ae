package io.twinloom.functions.catalog;

import io.twinloom.functions.event.EventChecker;
import io.twinloom.functions.event.EventFeedback;
import io.twinloom.functions.event.FeedbackGateway;
import io.twinloom.functions.history.HistoryReader;
import io.twinloom.functions.history.TierReader;
import io.twinloom.functions.hot.HotReader;
import io.twinloom.functions.hot.HotReaderLastEntry;
import io.twinloom.functions.hot.HotWriter;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RepeatedRequests;
import io.twinloom.functions.intercloud.TokenGuard;
import io.twinloom.functions.iot.Connector;
import io.twinloom.functions.iot.Dispatcher;
import io.twinloom.functions.pipeline.Endpoint;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.FunctionPipeline;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.processing.Ingestion;
import io.twinloom.functions.processing.Persister;
import io.twinloom.functions.processing.ProcessorWrapper;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.tier.ArchiveWriter;
import io.twinloom.functions.tier.ColdToArchiveMover;
import io.twinloom.functions.tier.ColdWriter;
import io.twinloom.functions.tier.HotToColdMover;
import io.twinloom.functions.twin.DataConnector;
import io.twinloom.functions.twin.TwinUpdater;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the functions that are there. */
public final class FunctionCatalog {

  private static final Set<FunctionKind> RECEIVERS =
      EnumSet.of(
          FunctionKind.FEEDBACK_GATEWAY,
          FunctionKind.INGESTION,
          FunctionKind.HOT_WRITER,
          FunctionKind.HOT_READER,
          FunctionKind.HOT_READER_LAST_ENTRY,
          FunctionKind.COLD_WRITER,
          FunctionKind.ARCHIVE_WRITER,
          FunctionKind.COLD_READER,
          FunctionKind.ARCHIVE_READER,
          FunctionKind.TWIN_UPDATER);

  private static final Set<FunctionKind> READERS =
      EnumSet.of(
          FunctionKind.HOT_READER,
          FunctionKind.HOT_READER_LAST_ENTRY,
          FunctionKind.COLD_READER,
          FunctionKind.ARCHIVE_READER);

  /** At the other receivers a repeat has no effect by nature: it writes what is there already. */
  private static final Set<FunctionKind> DONE_ONCE =
      EnumSet.of(FunctionKind.INGESTION, FunctionKind.FEEDBACK_GATEWAY);

  private FunctionCatalog() {}

  /**
   * Makes a function ready to run: its settings are read and checked here, and nowhere later.
   *
   * @param deployedName the name it is called by
   * @param environment its variables, as its cloud gives them
   * @throws io.twinloom.functions.error.ConfigurationError if a setting is missing or wrong
   * @throws TwinloomException if there is no system function of this kind
   */
  public static HostedFunction create(
      FunctionKind kind, String deployedName, Map<String, String> environment, Ports ports) {
    Environment settings = new Environment(environment);
    TwinInfoSource twin = TwinInfoSource.read(settings);
    FunctionBody work = work(kind, deployedName, settings, twin.info(), ports);
    Optional<Endpoint> endpoint =
        RECEIVERS.contains(kind)
            ? Optional.of(endpoint(kind, deployedName, settings, ports))
            : Optional.empty();
    return new FunctionPipeline(
        deployedName, twin, work, endpoint, ports.log(), ports.deadLetters(), ports.runtime());
  }

  private static Endpoint endpoint(
      FunctionKind kind, String name, Environment settings, Ports ports) {
    ReceiverGuard guard =
        new ReceiverGuard(TokenGuard.of(settings), READERS.contains(kind), ports.clock());
    return new Endpoint(
        guard,
        DONE_ONCE.contains(kind)
            ? Optional.of(new RepeatedRequests(name, ports.answers(), ports.log(), ports.clock()))
            : Optional.empty());
  }

  private static FunctionBody work(
      FunctionKind kind, String name, Environment settings, TwinInfo twin, Ports ports) {
    return switch (kind) {
      case DISPATCHER -> new Dispatcher(Dispatcher.Settings.of(settings, twin), twin, ports);
      case CONNECTOR -> new Connector(Connector.Settings.of(settings, twin), ports);
      case FEEDBACK_GATEWAY -> new FeedbackGateway(twin, ports);
      case INGESTION -> new Ingestion(twin, ports);
      case PROCESSOR -> new ProcessorWrapper(ProcessorWrapper.Settings.of(settings), twin, ports);
      case PERSISTER -> new Persister(Persister.Settings.of(settings, twin), twin, ports);
      case EVENT_CHECKER ->
          new EventChecker(EventChecker.Settings.of(settings, twin, ports.cloud()), twin, ports);
      case EVENT_FEEDBACK ->
          new EventFeedback(EventFeedback.Settings.of(settings, twin), twin, ports);
      case HOT_WRITER -> new HotWriter(twin, ports);
      case HOT_READER -> new HotReader(twin, ports.hotStore());
      case HOT_READER_LAST_ENTRY -> new HotReaderLastEntry(twin, ports.hotStore());
      case HOT_TO_COLD_MOVER ->
          new HotToColdMover(name, HotToColdMover.Settings.of(settings, twin), twin, ports);
      case COLD_WRITER -> new ColdWriter(twin, ports);
      case COLD_TO_ARCHIVE_MOVER ->
          new ColdToArchiveMover(ColdToArchiveMover.Settings.of(settings, twin), twin, ports);
      case ARCHIVE_WRITER -> new ArchiveWriter(ports);
      case COLD_READER -> new TierReader("cold-reader", "cold store", twin, ports.coldStore());
      case ARCHIVE_READER ->
          new TierReader("archive-reader", "archive store", twin, ports.archiveStore());
      case HISTORY_READER ->
          new HistoryReader(HistoryReader.Settings.of(settings, twin), twin, ports);
      case DATA_CONNECTOR ->
          DataConnector.ofRanges(DataConnector.Settings.of(settings, twin), twin, ports);
      case DATA_CONNECTOR_LAST_ENTRY ->
          DataConnector.ofNewestValues(DataConnector.Settings.of(settings, twin), twin, ports);
      case TWIN_UPDATER -> new TwinUpdater(twin, ports);
      default ->
          throw new TwinloomException(
              ModelError.FUNCTION_UNKNOWN,
              "There is no system function " + kind.id() + " to run.",
              name,
              "User functions are run by their own host; other functions are not available yet.");
    };
  }
}
