package io.twinloom.functions.catalog;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RepeatedRequests;
import io.twinloom.functions.intercloud.TokenGuard;
import io.twinloom.functions.pipeline.Endpoint;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.FunctionPipeline;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the system's functions ready to run, each of its kind, its settings and the ports that it
 * uses.
 */
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
      FunctionKind kind, String deployedName, Map<String, String> environment, CloudPorts ports) {
    Environment settings = new Environment(environment);
    TwinInfoSource twin = TwinInfoSource.read(settings);
    FunctionBody body = new FunctionBodies(kind, settings, twin.info(), ports).make();
    Optional<Endpoint> endpoint =
        RECEIVERS.contains(kind)
            ? Optional.of(endpoint(kind, deployedName, settings, ports))
            : Optional.empty();
    return new FunctionPipeline(
        deployedName, twin, body, endpoint, ports.log(), ports.deadLetters(), ports.runtime());
  }

  private static Endpoint endpoint(
      FunctionKind kind, String name, Environment settings, CloudPorts ports) {
    InstantSource clock = ports.runtime().clock();
    ReceiverGuard guard = new ReceiverGuard(TokenGuard.of(settings), READERS.contains(kind), clock);
    if (!DONE_ONCE.contains(kind)) {
      return new Endpoint(guard, Optional.empty());
    }
    RecordedAnswers answers =
        ports
            .recordedAnswers()
            .orElseThrow(() -> ConfigurationError.noStore(kind.id(), "store of answers"));
    return new Endpoint(
        guard, Optional.of(new RepeatedRequests(name, answers, ports.log(), clock)));
  }
}
