package io.twinloom.server.proxy;

import io.twinloom.http.StreamOpener;
import io.twinloom.json.JsonObject;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.deployments.Deployments;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.http.StreamLimit;
import io.twinloom.server.projects.ProjectFolders;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The live events of a folder's projects: of the twin, while it runs, and of its deployments. */
public final class EventRoutes {

  private static final int MOST_CLIENTS = 64;
  private static final Set<String> NOT_CHOSEN = Set.of("hello", "resync");

  private final ProjectFolders projects;
  private final ProxyRoutes routes;
  private final EventRelay.Parts parts;
  private final Set<String> topics;

  /**
   * @param routes answers how a twin is that does not run
   */
  public EventRoutes(
      ProjectFolders projects,
      ProxyRoutes routes,
      TwinProxy proxy,
      Deployments deployments,
      ApiDocument document,
      InstantSource clock) {
    this.projects = projects;
    this.routes = routes;
    this.parts =
        new EventRelay.Parts(
            projects.places(),
            proxy,
            deployments,
            clock,
            new StreamLimit(MOST_CLIENTS, "streams of live events", "/events"));
    this.topics = topics(document);
  }

  private static Set<String> topics(ApiDocument document) {
    Set<String> topics =
        new TreeSet<>(
            document
                .json()
                .object("components")
                .flatMap(c -> c.object("schemas"))
                .flatMap(s -> s.object("SseTopics"))
                .flatMap(t -> t.object("properties"))
                .orElse(JsonObject.EMPTY)
                .members()
                .keySet());
    topics.removeAll(NOT_CHOSEN);
    return topics;
  }

  /** Adds the route to a table. */
  public void addTo(Routes table) {
    table.stream("/events", this::open);
  }

  private StreamOpener open(ApiRequest request) {
    Parameters query = request.query("project", "topics");
    String id = project(query.text("project"));
    Set<String> chosen = new TreeSet<>();
    for (String topic : query.needed("topics").split(",", -1)) {
      if (!topics.contains(topic)) {
        throw ApiException.parameter("topics", "There is no topic \"" + topic + "\".");
      }
      chosen.add(topic);
    }
    EventRelay.Wanted wanted =
        new EventRelay.Wanted(
            id,
            projects.source(id),
            chosen,
            request.header("last-event-id"),
            () -> routes.stopped(id));
    parts.clients().admit();
    return new EventRelay(parts, wanted);
  }

  private String project(Optional<String> given) {
    List<String> ids = given.isPresent() ? List.of() : projects.ids();
    return given.orElseGet(
        () -> {
          if (ids.size() == 1) {
            return ids.getFirst();
          }
          throw ApiException.parameter("project", "\"project\" is missing: name one of several.");
        });
  }
}
