package io.twinloom.local;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.pipeline.FunctionBody;
import io.twinloom.functions.pipeline.FunctionPipeline;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.local.event.ActionCode;
import io.twinloom.local.event.WorkflowSteps;
import io.twinloom.local.invoke.FunctionHost;
import io.twinloom.local.invoke.LaneRule;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.UserCode;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.DeployedFunction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes the functions of one local cloud from their settings, and anew when those change. */
final class LocalFunctions {

  private final FunctionHost host;
  private final FunctionInvoker invoker;
  private final TwinInfoSource twins;
  private final CloudPorts ports;

  LocalFunctions(
      FunctionHost host, FunctionInvoker invoker, TwinInfoSource twins, CloudPorts ports) {
    this.host = host;
    this.invoker = invoker;
    this.twins = twins;
    this.ports = ports;
  }

  /**
   * Adds a function that the topology places on this cloud.
   *
   * @return completes when no run is under way any more of one that had its name before
   */
  CompletableFuture<Void> add(DeployedFunction function, Map<String, String> settings) {
    String name = function.name();
    FunctionSpec spec = FunctionSpec.of(function.kind());
    return switch (spec.runs()) {
      case SYSTEM_CODE -> host.add(name, made(function, settings), rule(function.kind()));
      case WORKFLOW -> host.add(name, framed(name, settings, new WorkflowSteps(invoker)));
      case USER_CODE -> {
        if (spec.code().orElseThrow() == UserCode.Role.EVENT_ACTION) {
          yield addAction(name, settings);
        }
        host.addUserFunction(name);
        yield CompletableFuture.completedFuture(null);
      }
    };
  }

  /**
   * Removes a function for which nothing waits, and which no settings name any more.
   *
   * @return completes when no run of it is under way any more
   */
  CompletableFuture<Void> remove(DeployedFunction function) {
    return host.remove(function.name());
  }

  /** How a function is given what waits for it, by what it waits for itself. */
  private static LaneRule rule(FunctionKind kind) {
    return FunctionSpec.of(kind)
        .queue()
        .map(
            queue ->
                switch (queue.waitsFor()) {
                  case NOTHING -> LaneRule.COMPUTING;
                  case USER_CODE -> LaneRule.USER_CODE;
                  case STORE_OR_CLOUD -> LaneRule.WAITING;
                })
        .orElse(LaneRule.COMPUTING);
  }

  /** Adds an action, be it the twin's own or one for whose owner this cloud stands in. */
  CompletableFuture<Void> addAction(String name, Map<String, String> settings) {
    host.addUserFunction(name);
    return host.add(name, framed(name, settings, new ActionCode(name, host)));
  }

  /**
   * Puts one of the system's functions with other settings in the place of the one that runs.
   *
   * @return completes when no run of the former one is under way any more
   */
  CompletableFuture<Void> change(DeployedFunction function, Map<String, String> settings) {
    return host.replace(function.name(), made(function, settings));
  }

  private HostedFunction made(DeployedFunction function, Map<String, String> settings) {
    return FunctionCatalog.create(function.kind(), function.name(), settings, twins, ports);
  }

  private HostedFunction framed(String name, Map<String, String> settings, FunctionBody work) {
    TwinInfo twin = twins.read(new Environment(settings));
    return new FunctionPipeline(
        name,
        twin,
        work,
        Optional.empty(),
        ports.log(),
        ports.deadLetters(),
        invoker,
        ports.runtime());
  }
}
