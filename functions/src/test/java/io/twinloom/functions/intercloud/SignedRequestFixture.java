package io.twinloom.functions.intercloud;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests of a sender on AWS, and a cloud at Google that receives them. */
abstract class SignedRequestFixture {
  static final String OTHER = "another-token-of-this-connection-0123456789";
  static final String ENVELOPE =
      """
      {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
       "timestamp": "2026-03-01T11:59:59Z", "trace_id": "3f0e6c1e-0000-4000-8000-000000000001",
       "payload": {"device_id": "press-1", "timestamp": "2026-03-01T11:59:58Z", "temperature": 1.50}}
      """;

  static final String COMMAND =
      """
      {"message_type": "command", "trace_id": "3f0e6c1e-0000-4000-8000-000000000001",
       "payload": {"digitalTwinName": "plant", "iotDeviceId": "oven-2", "payload": {"heat": 1.50}}}
      """;

  final FakeCloud receiving = new FakeCloud(KnownClouds.GOOGLE);

  static Request sent(SigningMode mode, List<String> tokens) {
    return sent(ENVELOPE, mode, tokens);
  }

  static Request sent(String envelope, SigningMode mode, List<String> tokens) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(200);
    cloud
        .senders()
        .to(new Remote(URI.create("https://google.test/in"), tokens, mode))
        .post(
            envelope.getBytes(StandardCharsets.UTF_8),
            "3f0e6c1e-0000-4000-8000-000000000001",
            "key-1");
    return cloud.remote.onlyRequest();
  }

  HttpAnswer answer(HostedFunction receiver, String envelope) {
    Request request = sent(envelope, SigningMode.STRICT, List.of(Twin.TOKEN));
    return receiver.receive(head(request), request.body());
  }

  static Request withToken(Request request, String token) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("X-Inter-Cloud-Token", token);
    return new Request(request.method(), request.url(), headers, request.body(), request.timeout());
  }

  HttpAnswer received(Request request, String signed, String tokens) {
    return ingestion(signed, tokens).receive(head(request), request.body());
  }

  HostedFunction ingestion(String signed, String tokens) {
    return receiver(FunctionKind.INGESTION, signed, tokens);
  }

  HostedFunction receiver(FunctionKind kind, String signed, String tokens) {
    return receiving.function(
        kind, new Twin(), Map.of("INTER_CLOUD_TOKEN", tokens, "INTER_CLOUD_SIGNED", signed));
  }

  static HttpHead head(Request request) {
    return head(request.headers());
  }

  static HttpHead head(Map<String, String> headers) {
    return new HttpHead("POST", headers, Map.of());
  }
}
