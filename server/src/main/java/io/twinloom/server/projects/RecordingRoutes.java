package io.twinloom.server.projects;

import io.twinloom.deployer.Target;
import io.twinloom.http.StreamOpener;
import io.twinloom.model.Device;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What devices publish, as it comes: what the command {@code record} writes. */
public final class RecordingRoutes {

  private static final Duration LONGEST = Duration.ofDays(365);

  private final Projects projects;
  private final InstantSource clock;
  private final AtomicLong clients = new AtomicLong();
  private final OpenRecordings recordings = new OpenRecordings();

  public RecordingRoutes(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.stream("/projects/{project}/recording", this::open);
  }

  /** Ends all recordings, of twins that run on, so that their clients see that more would come. */
  public void abort() {
    recordings.abort();
  }

  private StreamOpener open(ApiRequest request) {
    String id = request.in("project");
    Parameters query = request.query("devices", "for");
    Optional<Duration> length = query.duration("for", LONGEST);
    Set<String> devices =
        query.text("devices").stream()
            .flatMap(given -> Stream.of(given.split(",", -1)))
            .map(DeviceIds::normal)
            .collect(Collectors.toSet());
    if (projects.running(id).isEmpty()) {
      throw projects.target(id, "local").absent(id);
    }
    if (!devices.isEmpty()) {
      refuseUnknown(id, devices);
    }
    Target target = projects.target(id, "local");
    String client =
        "twinloom-record-" + ProcessHandle.current().pid() + "-" + clients.incrementAndGet();
    recordings.admit();
    return new Recording(
        new Recording.Source(target, client, () -> projects.running(id).isPresent()),
        devices,
        length,
        recordings,
        clock);
  }

  private void refuseUnknown(String id, Set<String> devices) {
    Set<String> known =
        projects.deployed(id).stream()
            .flatMap(project -> project.project().devices().stream())
            .map(Device::id)
            .collect(Collectors.toSet());
    for (String device : devices) {
      if (!known.contains(device)) {
        String meant =
            Nearest.to(device, known)
                .map(near -> " Did you mean " + Printable.quoted(near) + "?")
                .orElse("");
        throw ApiException.parameter(
            "devices", "There is no device " + Printable.quoted(device) + "." + meant);
      }
    }
  }
}
