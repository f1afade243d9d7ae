package io.twinloom.server.projects;

import io.twinloom.deployer.SimulatedDevices;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A simulator of a twin's devices to run elsewhere: one Python file and what it sends. */
public final class SimulatorPackage {

  private static final String SCRIPT = "simulate.py";
  private static final int ROUNDS = 3;

  private SimulatorPackage() {}

  /**
   * The package as a ZIP. It holds no password: who runs it gives that.
   *
   * @param channel the address of the device channel
   */
  public static byte[] zip(Project project, URI channel) {
    SimulatedDevices devices = new SimulatedDevices(project, List.of(), new Random(1));
    List<JsonValue> payloads = new ArrayList<>();
    for (int i = 0; i < ROUNDS * project.devices().size(); i++) {
      SimulatedDevices.Sent sent = devices.next(Instant.EPOCH.plusSeconds(i));
      payloads.add(sent.event().toBuilder().put("device_id", sent.device()).build());
    }
    JsonObject twin =
        JsonObject.builder()
            .put("twin", project.config().name())
            .put("host", channel.getHost())
            .put("port", channel.getPort())
            .put("payloads", new JsonArray(payloads))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out);
        InputStream script =
            SimulatorPackage.class.getResourceAsStream("/io/twinloom/server/simulator/" + SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException("no resource " + SCRIPT);
      }
      add(zip, SCRIPT, script.readAllBytes());
      add(zip, "twin.json", Json.pretty(twin).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
