package io.twinloom.server.events;

import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The route of live events. */
public final class EventRoutes {

  private final Map<String, EventHub> hubs;

  /**
   * @param hubs by the ids of their projects
   */
  public EventRoutes(Map<String, EventHub> hubs) {
    this.hubs = Map.copyOf(hubs);
  }

  /** Adds the route to a table. */
  public void addTo(Routes routes) {
    routes.stream("/events", this::open);
  }

  private StreamOpener open(ApiRequest request) {
    Parameters query = request.query("project", "topics");
    EventHub hub = hub(query.text("project"));
    Set<String> topics = new TreeSet<>();
    for (String topic : query.needed("topics").split(",", -1)) {
      if (!hub.topics().contains(topic)) {
        throw ApiException.parameter("topics", "There is no topic \"" + topic + "\".");
      }
      topics.add(topic);
    }
    hub.admit();
    return new Stream(hub, topics, request.header("last-event-id"));
  }

  private EventHub hub(Optional<String> project) {
    if (project.isEmpty() && hubs.size() == 1) {
      return hubs.values().iterator().next();
    }
    String id =
        project.orElseThrow(
            () -> ApiException.parameter("project", "\"project\" is missing: there are several."));
    return Optional.ofNullable(hubs.get(id))
        .orElseThrow(
            () ->
                new TwinloomException(
                    ServerError.PROJECT_UNKNOWN, "There is no project \"" + id + "\".", "project"));
  }

  private record Stream(EventHub hub, Set<String> topics, Optional<String> last)
      implements StreamOpener {
    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
    }

    @Override
    public void opened(ResponseStream stream) {
      hub.add(stream, topics, last);
    }
  }
}
