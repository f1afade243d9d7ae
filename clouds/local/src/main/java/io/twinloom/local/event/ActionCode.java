package io.twinloom.local.event;

import io.twinloom.functions.error.UserLogicError;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.FunctionHost;

/** An event action: the user's code, with the log line and the errors that every function has. */
public final class ActionCode implements RequestBody {

  private final String name;
  private final FunctionHost host;

  /**
   * @param name its deployed name
   */
  public ActionCode(String name, FunctionHost host) {
    this.name = name;
    this.host = host;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    String device = event.object("event").flatMap(e -> e.text("device_id")).orElse("");
    invocation.device(device);
    try {
      return host.callUserCode(name, event, invocation.traceId());
    } catch (InvocationException e) {
      throw UserLogicError.of(e, device, invocation.traceId(), name);
    }
  }
}
