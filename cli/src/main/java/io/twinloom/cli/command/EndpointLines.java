package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.Terminal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalClouds.Endpoint;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Where a running twin is, and how to use it, for people. */
final class EndpointLines {

  private EndpointLines() {}

  /** A line for each cloud: what it carries, and where it is reached. */
  static List<String> clouds(
      Placement placement, Map<Provider, Endpoint> endpoints, Output output) {
    List<String> lines = new ArrayList<>();
    for (Provider cloud : Provider.all()) {
      Endpoint endpoint = endpoints.get(cloud);
      if (endpoint != null) {
        lines.add(
            "  "
                + output.paint(Paint.BOLD, String.format(Locale.ROOT, "%-7s", cloud.id()))
                + String.format(Locale.ROOT, "%-24s %-24s ", endpoint.http(), endpoint.mqtt())
                + output.paint(Paint.CYAN, layers(placement, cloud)));
      }
    }
    return lines;
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

  /** What to type to be a device, and to read what it sent. */
  static List<String> invitation(
      PreparedProject project, String named, Map<Provider, Endpoint> endpoints, Output output) {
    Endpoint channel = endpoints.get(project.project().placement().l1());
    if (channel == null || project.project().devices().isEmpty()) {
      return List.of();
    }
    URI mqtt = channel.mqtt();
    SimulatedDevices.Sent example =
        new SimulatedDevices(project.project(), List.of(), new Random(1)).next(Instant.EPOCH);
    // One property is enough to show how: the line is to be copied from a terminal.
    JsonObject.Builder payload = JsonObject.builder();
    example.event().members().entrySet().stream()
        .filter(m -> !m.getKey().equals("device_id") && !m.getKey().equals("timestamp"))
        .findFirst()
        .ifPresent(m -> payload.put(m.getKey(), m.getValue()));
    return List.of(
        output.paint(Paint.DIM, "  be a device   ")
            + "mosquitto_pub -h "
            + mqtt.getHost()
            + " -p "
            + mqtt.getPort()
            + " -q 1 -t dt/"
            + project.topology().twin()
            + "/"
            + example.device()
            + "/telemetry -m '"
            + Json.text(payload.build())
            + "'",
        output.paint(Paint.DIM, "  read it       ")
            + Terminal.program()
            + " query "
            + named
            + " --device "
            + example.device(),
        output.paint(Paint.DIM, "  look around   ")
            + Terminal.program()
            + " status "
            + named
            + "  |  "
            + Terminal.program()
            + " logs "
            + named
            + " --follow");
  }
}
