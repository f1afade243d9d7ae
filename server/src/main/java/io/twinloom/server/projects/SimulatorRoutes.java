package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.deployer.Target;
import io.twinloom.http.Response;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.packaging.bundle.Archive;
import io.twinloom.packaging.bundle.PackedFiles;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulator of a twin's devices to be run elsewhere: a script, and the devices with what they
 * connect with, which is secret.
 */
public final class SimulatorRoutes {

  private static final String SCRIPT = "simulate.py";
  private static final String RESOURCE = "/io/twinloom/server/simulator/" + SCRIPT;

  private final Projects projects;

  public SimulatorRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.add("GET", "/projects/{project}/simulator/package", this::simulator);
  }

  private Response simulator(ApiRequest request) {
    String id = request.in("project");
    PreparedProject project = projects.known(id);
    Map<String, JsonObject> access = access(id);
    Path zip = null;
    try {
      zip = Files.createTempFile("twinloom-simulator-", ".zip");
      PackedFiles files =
          new PackedFiles()
              .add(SCRIPT, script())
              .add("devices.json", devices(project, access).getBytes(StandardCharsets.UTF_8));
      var unused = Archive.write(files, zip);
      return ExportRoutes.attachment(
          Response.ofFile(200, "application/zip", zip), id + "-simulator.zip");
    } catch (IOException e) {
      throw FolderContents.failed(
          "The simulator cannot be packed", zip == null ? Path.of(SCRIPT) : zip, e);
    }
  }

  /** Of the twin on this machine; else of the one on the clouds. */
  private Map<String, JsonObject> access(String id) {
    Target local = projects.target(id, "local");
    Optional<Map<String, JsonObject>> here = local.deviceAccess(projects.known(id).project());
    if (here.isPresent()) {
      return here.get();
    }
    if (projects.running(id).isEmpty() && projects.isOnClouds(id)) {
      Target clouds = projects.target(id, "cloud");
      return clouds.deviceAccess(projects.known(id).project()).orElseThrow(() -> clouds.absent(id));
    }
    throw local.absent(id);
  }

  private static byte[] script() throws IOException {
    try (InputStream in = SimulatorRoutes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      return in.readAllBytes();
    }
  }

  private static String devices(PreparedProject prepared, Map<String, JsonObject> access) {
    Project project = prepared.project();
    List<JsonValue> devices = new ArrayList<>();
    for (Device device : project.devices()) {
      JsonObject own = access.get(device.id());
      if (own != null) {
        devices.add(
            JsonObject.builder()
                .put("id", device.id())
                .put(
                    "properties",
                    new JsonArray(
                        device.properties().stream()
                            .<JsonValue>map(SimulatorRoutes::property)
                            .toList()))
                .put("payloads", payloads(project, device.id()))
                .put("access", own)
                .build());
      }
    }
    return Json.pretty(
            JsonObject.builder()
                .put("twin", prepared.topology().twin())
                .put("devices", new JsonArray(devices))
                .build())
        + "\n";
  }

  private static JsonObject property(Device.Property property) {
    return JsonObject.builder()
        .put("name", property.name())
        .put("dataType", property.dataType().name())
        .put("initValue", property.initValue().orElse(JsonNull.NULL))
        .build();
  }

  private static JsonArray payloads(Project project, String device) {
    return new JsonArray(
        project.simulatorPayloads().stream()
            .filter(payload -> SimulatedDevices.isOf(payload, device))
            .<JsonValue>map(payload -> payload)
            .toList());
  }
}
