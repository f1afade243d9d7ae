package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequestManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A twin that {@code twinloom up} runs in a process under a debugger, so that it can be killed
 * exactly where a test wants it to be.
 */
final class DebuggedTwin implements AutoCloseable {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String AGENT =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
  private static final long LONGEST_MILLIS = 120_000;

  private final Process process;
  private final VirtualMachine machine;

  /**
   * A place in the code.
   *
   * @param type the name of a class
   * @param method one of its methods, of which there is one with this name
   */
  record Place(String type, String method) {}

  private DebuggedTwin(Process process, VirtualMachine machine) {
    this.process = process;
    this.machine = machine;
  }

  /** Starts it, and returns once it can be asked. */
  static DebuggedTwin start(Path folder, String project)
      throws IOException, IllegalConnectorArgumentsException {
    ProcessBuilder builder =
        new ProcessBuilder(
                JAVA,
                "-Xmx256m",
                AGENT,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.twinloom.cli.Main",
                "up",
                project,
                "--no-watch")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .putIfAbsent("TWINLOOM_CACHE", Path.of("target", "code-cache").toAbsolutePath().toString());
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String first = String.valueOf(out.readLine());
    assertThat(first).startsWith("Listening for transport dt_socket at address: ");
    Thread.ofPlatform().daemon().start(() -> out.lines().forEach(line -> {}));
    VirtualMachine machine = attached(first.substring(first.lastIndexOf(' ') + 1));
    DebuggedTwin twin = new DebuggedTwin(process, machine);
    Path endpoints = folder.resolve(project).resolve(".twinloom/endpoints.json");
    await()
        .atMost(Duration.ofMillis(LONGEST_MILLIS))
        .until(() -> !process.isAlive() || Files.exists(endpoints));
    assertThat(process.isAlive()).as("the twin runs").isTrue();
    return twin;
  }

  private static VirtualMachine attached(String port)
      throws IOException, IllegalConnectorArgumentsException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.forEach(
        (name, argument) -> {
          switch (name) {
            case "hostname" -> argument.setValue("127.0.0.1");
            case "port" -> argument.setValue(port);
            default -> {}
          }
        });
    return connector.attach(arguments);
  }

  /** Has the process stop whenever it comes to a place, before anything is done there. */
  void stopAt(Place place) {
    EventRequestManager requests = machine.eventRequestManager();
    ClassPrepareRequest loading = requests.createClassPrepareRequest();
    loading.addClassFilter(place.type());
    loading.enable();
    machine.classesByName(place.type()).forEach(type -> stopAt(type, place));
  }

  private void stopAt(ReferenceType type, Place place) {
    machine
        .eventRequestManager()
        .createBreakpointRequest(type.methodsByName(place.method()).getFirst().location())
        .enable();
  }

  /** Kills the process at the place at which it stops, the first time that a condition holds. */
  void killAt(Place place, BooleanSupplier condition) throws InterruptedException {
    for (EventSet events; (events = machine.eventQueue().remove(LONGEST_MILLIS)) != null; ) {
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent loaded) {
          stopAt(loaded.referenceType(), place);
        } else if (event instanceof BreakpointEvent && condition.getAsBoolean()) {
          kill();
          return;
        }
      }
      events.resume();
    }
    throw new AssertionError("the process did not come to " + place);
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LONGEST_MILLIS, TimeUnit.MILLISECONDS)).as("it is dead").isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
