package io.twinloom.server.http;

import io.twinloom.http.RequestHandler;
import io.twinloom.http.RequestHead;
import io.twinloom.http.Response;
import io.twinloom.http.Upload;
import io.twinloom.http.UploadOpener;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.api.ApiDocument.Operation;
import io.twinloom.server.error.ServerError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Leads each request to its route, after it was checked that its sender may ask. Every failure is
 * answered as a problem document. Safe for threads.
 */
public final class Router implements RequestHandler {

  private static final byte[] NOTHING = {};

  private final List<Route> routes;
  private final Map<String, Operation> operations;
  private final AccessGuard guard;
  private final Supplier<String> ids;
  private final Consumer<Failure> failures;

  /**
   * A fault of the product.
   *
   * @param id of the request
   */
  public record Failure(String id, String method, String template, Throwable cause) {}

  private record Found(Route route, Map<String, String> path) {}

  /**
   * @param ids of requests
   * @param failures takes what should not have happened
   */
  public Router(
      List<Route> routes, AccessGuard guard, Supplier<String> ids, Consumer<Failure> failures) {
    this.routes = List.copyOf(routes);
    this.operations =
        ApiDocument.current().operations().stream()
            .collect(Collectors.toMap(o -> o.method() + " " + o.path(), o -> o));
    this.guard = guard;
    this.ids = ids;
    this.failures = failures;
  }

  /** What the HTTP server refuses by itself, as a problem. */
  public Response error(Response refusal) {
    return Problems.ofServer(refusal, ids.get());
  }

  @Override
  public Optional<Response> refuse(RequestHead head) {
    Optional<Found> found = find(head);
    boolean open = found.filter(f -> f.route().open()).isPresent();
    Optional<ApiException> refusal = guard.refusal(head, open);
    if (refusal.isPresent()) {
      Response answer = problem(refusal.get());
      return Optional.of(
          answer.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer);
    }
    return found.isPresent() ? misused(found.get(), head) : Optional.of(absent(head));
  }

  /**
   * A parameter that a route does not have is refused before anything is done: it may have been
   * meant to make less happen, as {@code dryRun} does. The page keeps its state in its own address.
   */
  private Optional<Response> misused(Found found, RequestHead head) {
    if (found.route().open()) {
      return Optional.empty();
    }
    Set<String> known = described(found.route()).map(Operation::query).orElse(Set.of());
    for (String name : head.query().keySet()) {
      if (!known.contains(name)) {
        return Optional.of(problem(ApiException.unknown(name)));
      }
    }
    return Optional.empty();
  }

  private Optional<Operation> described(Route route) {
    return Optional.ofNullable(operations.get(route.method() + " " + route.template()));
  }

  /** The same for the members of a body, where the route changes something and takes no body. */
  private void refuseMembers(Route route, ApiRequest request) {
    if (!route.method().equals("GET") && described(route).filter(Operation::body).isEmpty()) {
      var unused = request.members();
    }
  }

  private Response absent(RequestHead head) {
    TreeSet<String> allowed = new TreeSet<>();
    routes.stream().filter(r -> r.isFor(head)).forEach(r -> allowed.add(r.method()));
    if (allowed.isEmpty()) {
      return problem(ApiException.of(ServerError.API_NOT_FOUND, head.path()));
    }
    return problem(ApiException.of(ServerError.API_METHOD, head.path()))
        .with("Allow", String.join(", ", allowed));
  }

  private Optional<Found> find(RequestHead head) {
    String method = head.method().equals("HEAD") ? "GET" : head.method();
    for (Route route : routes) {
      if (route.method().equals(method)) {
        Optional<Map<String, String>> path = route.match(head.path());
        if (path.isPresent()) {
          return Optional.of(new Found(route, path.get()));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<UploadOpener> upload(RequestHead head) {
    return find(head)
        .flatMap(
            found ->
                found.route().kind() instanceof Route.Kind.Uploading uploading
                    ? Optional.of(() -> opened(request(found, head, NOTHING), found, uploading))
                    : Optional.empty());
  }

  private UploadOpener.Decision opened(
      ApiRequest request, Found found, Route.Kind.Uploading uploading) {
    try {
      Upload upload = uploading.upload().apply(request);
      return new Upload(
          upload.maxBytes(),
          upload.folder(),
          (h, file) -> answered(request, found, () -> upload.handling().of(h, file)),
          why -> failed(request, found, why));
    } catch (RuntimeException | Error e) {
      return new UploadOpener.Refused(problem(request, found, e));
    }
  }

  @Override
  public Response handle(RequestHead head, byte[] body) {
    Optional<Found> found = find(head);
    if (found.isEmpty()) {
      return absent(head);
    }
    ApiRequest request = request(found.get(), head, body);
    return answered(
        request,
        found.get(),
        () ->
            switch (found.get().route().kind()) {
              case Route.Kind.Single single -> {
                refuseMembers(found.get().route(), request);
                yield single.action().answer(request);
              }
              case Route.Kind.Streamed streamed ->
                  Response.ofStream(
                      streamed.opener().apply(request), why -> failed(request, found.get(), why));
              case Route.Kind.Uploading uploading ->
                  throw new IllegalStateException("an upload is opened in the place of this");
            });
  }

  private Response answered(ApiRequest request, Found found, Supplier<Response> action) {
    try {
      return Compression.of(request.head(), action.get());
    } catch (RuntimeException | Error e) {
      return problem(request, found, e);
    }
  }

  private Response problem(ApiRequest request, Found found, Throwable why) {
    if (why instanceof TwinloomException known) {
      return Problems.response(known, request.id());
    }
    failed(request, found, why);
    return Problems.response(ApiException.of(ServerError.API_INTERNAL, ""), request.id());
  }

  private void failed(ApiRequest request, Found found, Throwable why) {
    failures.accept(
        new Failure(request.id(), found.route().method(), found.route().template(), why));
  }

  private ApiRequest request(Found found, RequestHead head, byte[] body) {
    return new ApiRequest(ids.get(), head, found.path(), body);
  }

  private Response problem(TwinloomException e) {
    return Problems.response(e, ids.get());
  }
}
