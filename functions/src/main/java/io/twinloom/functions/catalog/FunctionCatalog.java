package io.twinloom.functions.catalog;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RepeatedRequests;
import io.twinloom.functions.intercloud.RepeatedRequests.Content;
import io.twinloom.functions.intercloud.TokenGuard;
import io.twinloom.functions.pipeline.Endpoint;
import io.twinloom.functions.pipeline.EventBody;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.FunctionPipeline;
import io.twinloom.functions.pipeline.MovedBody;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.Callee;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Receiver;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the system's functions ready to run, each of its kind, its settings and the ports that it
 * uses.
 */
public final class FunctionCatalog {

  private FunctionCatalog() {}

  /**
   * Makes a function ready to run: its settings are read and checked here, and nowhere later.
   *
   * @param deployedName the name it is called by
   * @param environment its variables, as its cloud gives them
   * @param twins one for all functions of a process
   * @throws io.twinloom.functions.error.ConfigurationError if a setting is missing or wrong
   * @throws TwinloomException if there is no system function of this kind
   */
  public static HostedFunction create(
      FunctionKind kind,
      String deployedName,
      Map<String, String> environment,
      TwinInfoSource twins,
      CloudPorts ports) {
    Environment settings = new Environment(environment);
    TwinInfo twin = twins.read(settings);
    NeededPorts needed = new NeededPorts(FunctionSpec.of(kind), deployedName, ports);
    FunctionBody own = new FunctionBodies(kind, settings, twin, needed).make();
    FunctionBody body =
        settings
            .optional(MovedBody.MOVED_TO)
            .<FunctionBody>map(to -> new MovedBody(own, StoreException.moved(to)))
            .orElse(own);
    Optional<Endpoint> endpoint =
        needed
            .spec()
            .receiver()
            .map(receiver -> endpoint(receiver, deployedName, own, settings, needed));
    return new FunctionPipeline(
        deployedName,
        twin,
        body,
        endpoint,
        ports.log(),
        ports.deadLetters(),
        ports.invoker(),
        ports.runtime());
  }

  private static Endpoint endpoint(
      Receiver receiver, String name, FunctionBody body, Environment settings, NeededPorts ports) {
    InstantSource clock = ports.runtime().clock();
    ReceiverGuard guard = new ReceiverGuard(TokenGuard.of(settings), receiver.isReader(), clock);
    if (!receiver.answersRepeats()) {
      return new Endpoint(
          guard, Optional.empty(), !receiver.isReader() && !isCalledToo(ports.spec().kind()));
    }
    return new Endpoint(
        guard,
        Optional.of(
            new RepeatedRequests(
                name, content(body), ports.recordedAnswers(), ports.cloud().log(), clock)));
  }

  /** Whether functions of its own cloud call it too, so that it may have no connection at all. */
  private static boolean isCalledToo(FunctionKind kind) {
    return Arrays.stream(FunctionKind.values())
        .flatMap(caller -> FunctionSpec.of(caller).invokes().stream())
        .anyMatch(callee -> callee instanceof Callee.Named named && named.kind() == kind);
  }

  private static Content content(FunctionBody body) {
    boolean commands =
        body instanceof EventBody events && events.form().messageType().equals(Envelope.COMMAND);
    return commands ? Content.PAYLOAD : Content.BODY;
  }
}
