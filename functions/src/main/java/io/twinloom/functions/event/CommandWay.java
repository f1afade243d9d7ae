package io.twinloom.functions.event;

import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.iot.DeviceSightings;
import io.twinloom.functions.iot.DeviceSightings.Place;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Optional;

/**
 * The way of a command to its device: over this cloud's channel, or over the gateway of another
 * cloud that still lets devices in, for a device that is reached there; over all of them where that
 * is not known.
 *
 * @param sightings what was noted of the devices that use this cloud, where its channel does not
 *     know
 * @param former those gateways
 */
record CommandWay(
    DeviceChannel devices,
    Optional<DeviceSightings> sightings,
    List<Gateway> former,
    FunctionRuntime runtime) {

  /** How often it was not read where a device is, so that its command went over all ways. */
  static final String NOT_READ = "device-place-not-read";

  /** The gateway of a cloud. */
  record Gateway(PreviousRoute route, RemoteSender sender) {}

  static CommandWay of(
      DeviceChannel devices,
      Optional<SeenDevices> seen,
      List<PreviousRoute> routes,
      RemoteSenders senders,
      FunctionRuntime runtime) {
    return new CommandWay(
        devices,
        seen.map(known -> new DeviceSightings(known, runtime.clock())),
        routes.stream().map(route -> new Gateway(route, senders.to(route.remote()))).toList(),
        runtime);
  }

  /**
   * Sends it.
   *
   * @param key identifies the command wherever it is sent again
   */
  void send(Command command, Envelope envelope, String key, Invocation invocation) {
    Optional<Gateway> other = devices.elsewhere(command.device()).flatMap(this::gateway);
    if (other.isPresent()) {
      post(other.get().sender(), command, envelope, key, runtime);
      return;
    }
    Place place = place(command.device(), invocation);
    if (place != Place.ELSEWHERE) {
      command.sendOver(devices);
    }
    if (place != Place.HERE) {
      former.forEach(gateway -> post(gateway.sender(), command, envelope, key, runtime));
    }
  }

  private Place place(String device, Invocation invocation) {
    if (former.isEmpty() || devices.knowsWhereDevicesAre()) {
      return Place.HERE;
    }
    try {
      return sightings.map(known -> known.of(device)).orElse(Place.UNKNOWN);
    } catch (StoreException e) {
      invocation.count(NOT_READ);
      return Place.UNKNOWN;
    }
  }

  private Optional<Gateway> gateway(Provider cloud) {
    return former.stream().filter(gateway -> gateway.route().isTo(cloud)).findFirst();
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
