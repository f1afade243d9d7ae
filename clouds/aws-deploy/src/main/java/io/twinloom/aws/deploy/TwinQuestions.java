package io.twinloom.aws.deploy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.NetworkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Asks TwinMaker in its own shapes: the request's JSON goes there as it came, and the answer's
 * comes back as it is, so that no number is changed on the way and no member is lost that the SDK
 * does not know yet.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_Operations.html">
 *     TwinMaker's operations</a>
 */
final class TwinQuestions {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final AwsDeployClients clients;
  private final String workspace;

  TwinQuestions(AwsDeployClients clients, String workspace) {
    this.clients = clients;
    this.workspace = workspace;
  }

  /**
   * Asks.
   *
   * @throws TwinloomException if TwinMaker refuses, with what it says
   */
  JsonObject ask(String operation, JsonObject request) {
    TwinOperation known =
        TwinOperation.of(operation)
            .orElseThrow(() -> new IllegalArgumentException("no operation " + operation));
    Route route = route(known, request);
    byte[] body = route.hasBody() ? Json.bytes(request) : new byte[0];
    try {
      return answer(signed(route, body), body, known);
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.CLOUD_UNREACHABLE,
          "TwinMaker does not answer: " + NetworkFailure.reason(e) + ".",
          workspace,
          "See that this machine reaches AWS, and try again.",
          e);
    }
  }

  /**
   * Where a question goes.
   *
   * @param prefix of the host: control and data have each their own
   */
  private record Route(String prefix, SdkHttpMethod method, String path) {
    boolean hasBody() {
      return method == SdkHttpMethod.POST;
    }
  }

  private Route route(TwinOperation operation, JsonObject request) {
    String base = "/workspaces/" + encoded(workspace);
    return switch (operation) {
      case LIST_ENTITIES -> new Route("api.", SdkHttpMethod.POST, base + "/entities-list");
      case LIST_COMPONENT_TYPES ->
          new Route("api.", SdkHttpMethod.POST, base + "/component-types-list");
      case GET_ENTITY ->
          new Route(
              "api.",
              SdkHttpMethod.GET,
              base + "/entities/" + encoded(TwinShapes.entityId(id(request, "entityId"))));
      case GET_COMPONENT_TYPE ->
          new Route(
              "api.",
              SdkHttpMethod.GET,
              base
                  + "/component-types/"
                  + encoded(TwinShapes.typeId(id(request, "componentTypeId"))));
      case GET_PROPERTY_VALUE ->
          new Route("data.", SdkHttpMethod.POST, base + "/entity-properties/value");
      case GET_PROPERTY_VALUE_HISTORY ->
          new Route("data.", SdkHttpMethod.POST, base + "/entity-properties/history");
    };
  }

  private static String id(JsonObject request, String key) {
    return request
        .text(key)
        .orElseThrow(
            () ->
                new TwinloomException(
                    AwsDeployError.TWIN_REQUEST,
                    "The request has no " + key + ".",
                    key,
                    "Give it."));
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private SdkHttpRequest signed(Route route, byte[] body) {
    String region = clients.region().id();
    URI host =
        clients
            .twinMakerEndpoint()
            .orElseGet(
                () ->
                    URI.create(
                        "https://" + route.prefix() + "iottwinmaker." + region + ".amazonaws.com"));
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(route.method())
            .uri(URI.create(host + route.path()))
            .putHeader("Content-Type", "application/json");
    AwsCredentials credentials =
        AwsFailures.asking(
            "There are no credentials", region, () -> clients.credentials().resolveCredentials());
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(credentials)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "iottwinmaker")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return signed.request();
  }

  private JsonObject answer(SdkHttpRequest request, byte[] body, TwinOperation operation)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) request.getUri().toURL().openConnection();
    connection.setRequestMethod(request.method().name());
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    request.forEachHeader(
        (name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    if (body.length > 0) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body);
    }
    int status = connection.getResponseCode();
    byte[] answer = read(status == OK ? connection.getInputStream() : connection.getErrorStream());
    JsonObject json;
    try {
      json = Json.parseObject(answer);
    } catch (IllegalArgumentException e) {
      json = JsonObject.EMPTY;
    }
    if (status != OK) {
      throw refused(operation, status, json);
    }
    return json;
  }

  private static byte[] read(@org.jspecify.annotations.Nullable InputStream in) throws IOException {
    if (in == null) {
      return new byte[0];
    }
    try (in) {
      return in.readAllBytes();
    }
  }

  private TwinloomException refused(TwinOperation operation, int status, JsonObject answer) {
    Optional<String> message = answer.text("message").or(() -> answer.text("Message"));
    return new TwinloomException(
        AwsDeployError.TWIN_REQUEST,
        operation.id()
            + " was refused with status "
            + status
            + message.map(m -> ": " + m).orElse("."),
        workspace,
        "See TwinMaker's reference of " + operation.id() + ".",
        status >= 500,
        null);
  }
}
