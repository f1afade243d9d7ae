package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ProgramName;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds.Endpoint;
import io.twinloom.local.LocalOptions;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.mqtt.MqttSecurity;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Where a running twin is, and how to use it, for people. */
final class EndpointLines {

  private final PreparedProject project;
  private final Map<Provider, Endpoint> endpoints;
  private final LocalOptions options;
  private final Output output;

  /**
   * @param options those that it runs with
   */
  EndpointLines(
      PreparedProject project,
      Map<Provider, Endpoint> endpoints,
      LocalOptions options,
      Output output) {
    this.project = project;
    this.endpoints = endpoints;
    this.options = options;
    this.output = output;
  }

  /** A line for each cloud: what it carries, and where it is reached. */
  List<String> clouds() {
    Placement placement = project.project().placement();
    List<String> lines = new ArrayList<>();
    for (Provider cloud : Provider.all()) {
      Endpoint endpoint = endpoints.get(cloud);
      if (endpoint != null) {
        lines.add(
            "  "
                + output.paint(Paint.BOLD, String.format(Locale.ROOT, "%-7s", cloud.id()))
                + String.format(
                    Locale.ROOT,
                    "%-24s %-24s ",
                    shown(endpoint.http()),
                    // Every cloud listens, but the devices' one alone takes what they send.
                    cloud.equals(placement.l1()) ? shown(endpoint.mqtt()) : "")
                + output.paint(Paint.CYAN, layers(placement, cloud)));
      }
    }
    return lines;
  }

  /** The address that other machines type, where it listens for them. */
  private URI shown(URI address) {
    return MachineAddress.reachable(address, options.bind());
  }

  private static String layers(Placement placement, Provider cloud) {
    List<String> titles = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      if (placement.of(layer).filter(cloud::equals).isPresent()) {
        titles.add(layer.title());
      }
    }
    return titles.isEmpty() ? "-" : String.join(", ", titles);
  }

  /**
   * Where to look at it in a browser.
   *
   * @param page the address of the web page, on this machine
   */
  String page(URI page) {
    return output.paint(Paint.DIM, "  web page      ") + output.paint(Paint.BOLD, page + "/");
  }

  /**
   * What to type to be a device, and to read what it sent.
   *
   * @param named the twin as another command takes it, see {@link ProjectCommand#sameTwin}
   */
  List<String> invitation(String named) {
    Endpoint channel = endpoints.get(project.project().placement().l1());
    if (channel == null || project.project().devices().isEmpty()) {
      return List.of();
    }
    SimulatedDevices.Sent example =
        new SimulatedDevices(project.project(), List.of(), new Random(1)).next(Instant.EPOCH);
    return List.of(
        output.paint(Paint.DIM, "  be a device   ") + publishing(shown(channel.mqtt()), example),
        output.paint(Paint.DIM, "  read it       ")
            + ProgramName.get()
            + " query "
            + named
            + " --device "
            + example.device(),
        output.paint(Paint.DIM, "  look around   ")
            + ProgramName.get()
            + " status "
            + named
            + "  |  "
            + ProgramName.get()
            + " logs "
            + named
            + " --follow");
  }

  private String publishing(URI mqtt, SimulatedDevices.Sent example) {
    // One property is enough to show how: the line is to be copied from a terminal.
    JsonObject.Builder payload = JsonObject.builder();
    example.event().members().entrySet().stream()
        .filter(m -> !m.getKey().equals("device_id") && !m.getKey().equals("timestamp"))
        .findFirst()
        .ifPresent(m -> payload.put(m.getKey(), m.getValue()));
    return "mosquitto_pub -h "
        + mqtt.getHost()
        + " -p "
        + mqtt.getPort()
        + options.mqttSecurity().map(EndpointLines::access).orElse("")
        + " -q 1 -t dt/"
        + project.topology().twin()
        + "/"
        + example.device()
        + "/telemetry -m '"
        + Json.text(payload.build())
        + "'";
  }

  /** What a client needs to be let in; a password is never shown. */
  private static String access(MqttSecurity security) {
    return security.certificate().map(certificate -> " --cafile " + certificate.chain()).orElse("")
        + security.users().keySet().stream()
            .min(String::compareTo)
            .map(user -> " -u " + user + " -P PASSWORD")
            .orElse("");
  }
}
