package io.twinloom.server.projects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.http.HttpEndpoint;
import io.twinloom.http.HttpLimits;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.AccessGuard;
import io.twinloom.server.http.Router;
import io.twinloom.server.http.Routes;
import io.twinloom.server.twin.NoTarget;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Recordings that begin while the server ends. */
class OpenRecordingsTest {

  private final OpenRecordings open = new OpenRecordings();

  @Test
  void noneIsAdmittedOnceAllWereAborted() {
    open.abort();

    assertThatThrownBy(open::admit)
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("The server ends.");
  }

  @Test
  void oneThatWasAdmittedBeforeAllWereAbortedIsIncomplete() throws Exception {
    Routes routes = new Routes();
    routes.stream(
        "/late",
        request -> {
          open.admit();
          open.abort();
          // Its twin does not run any more, so that it would be whole.
          Recording.Source ended = new Recording.Source(new NoTarget(), "late", () -> false);
          return new Recording(ended, Set.of(), Optional.empty(), open, InstantSource.system());
        });
    Router router =
        new Router(routes.list(), new AccessGuard(Optional.empty()), () -> "id", failure -> {});
    Vertx vertx = Vertx.vertx();
    HttpEndpoint endpoint =
        HttpEndpoint.start(
            vertx, "127.0.0.1", 0, name -> Optional.of(router), HttpLimits.DEFAULT, router::error);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest late = HttpRequest.newBuilder(endpoint.uri().resolve("/late")).build();

      assertThatThrownBy(() -> http.send(late, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    } finally {
      endpoint.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
