package io.twinloom.functions.event;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import java.util.List;

/**
 * The way of a command to its device: over this cloud's channel, or over the gateways of clouds
 * whose devices are still let in, for a device that was not last seen here.
 *
 * @param former those gateways
 */
record CommandWay(DeviceChannel devices, List<RemoteSender> former, FunctionRuntime runtime) {

  static CommandWay of(
      DeviceChannel devices,
      List<PreviousRoute> routes,
      RemoteSenders senders,
      FunctionRuntime runtime) {
    return new CommandWay(
        devices, routes.stream().map(route -> senders.to(route.remote())).toList(), runtime);
  }

  /**
   * Sends it.
   *
   * @param key identifies the command wherever it is sent again
   */
  void send(Command command, Envelope envelope, String key) {
    if (former.isEmpty() || devices.hasSeenLast(command.device())) {
      command.sendOver(devices);
    } else {
      former.forEach(gateway -> post(gateway, command, envelope, key, runtime));
    }
  }

  /** Sends it to another cloud's gateway. */
  static void post(
      RemoteSender gateway,
      Command command,
      Envelope envelope,
      String key,
      FunctionRuntime runtime) {
    Envelope sent =
        envelope
            .ofType(Envelope.COMMAND)
            .sentOn(runtime.sourceCloud(), "L1", command.toJson(), runtime.clock());
    gateway.post(Json.bytes(sent.toJson()), sent.traceId(), key);
  }
}
