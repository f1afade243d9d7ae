package io.twinloom.functions.tier;

import static io.twinloom.functions.fake.Twin.TOKEN;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.fake.Endpoints;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.Pace;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Two clouds, either of which may be the one that a store is copied from. */
final class CopiedClouds implements RemoteCloud {

  static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();
  static final JsonObject STATUS = JsonObject.builder().put("status", true).build();

  /** Chunks of together so many bytes are restored in a round. */
  static final long RESTORED_AT_ONCE = 10;

  final FakeCloud aws = new FakeCloud(KnownClouds.AWS);
  final FakeCloud azure = new FakeCloud(KnownClouds.AZURE);
  private final Endpoints endpoints = new Endpoints();
  private final Map<String, HostedFunction> made = new HashMap<>();

  /** Whether there is room for copies. */
  BooleanSupplier hasRoom = () -> true;

  /** After so many more requests an answer is lost that was given; none where it is negative. */
  int losesAnswer = -1;

  CopiedClouds() {
    aws.remote.leadsTo(this);
    azure.remote.leadsTo(this);
    for (FakeCloud cloud : new FakeCloud[] {aws, azure}) {
      endpoint(cloud, FunctionKind.HOT_COPY_WRITER);
      endpoint(cloud, FunctionKind.COLD_WRITER);
      endpoint(cloud, FunctionKind.ARCHIVE_WRITER);
      endpoint(cloud, FunctionKind.HOT_READER);
      endpoint(cloud, FunctionKind.HOT_READER_LAST_ENTRY);
    }
  }

  private void endpoint(FakeCloud cloud, FunctionKind kind) {
    endpoints.put(url(cloud, kind), () -> function(cloud, kind));
  }

  private static String url(FakeCloud cloud, FunctionKind kind) {
    return "https://" + id(cloud) + ".example/plant-" + kind.id();
  }

  private static String id(FakeCloud cloud) {
    return cloud.runtime().cloud().id();
  }

  FakeCloud other(FakeCloud cloud) {
    return cloud == aws ? azure : aws;
  }

  private Twin twin(FakeCloud own) {
    String other = id(other(own));
    return new Twin()
        .tiers(id(own), id(own), id(own))
        .previous("layer_3_hot_provider", other)
        .previous("layer_3_cold_provider", other)
        .previous("layer_3_archive_provider", other);
  }

  /** A receiver of a cloud while both have a store of its tier. */
  HostedFunction function(FakeCloud cloud, FunctionKind kind) {
    return made.computeIfAbsent(url(cloud, kind), url -> ofTwo(cloud, kind));
  }

  private HostedFunction ofTwo(FakeCloud cloud, FunctionKind kind) {
    Map<String, String> settings = new HashMap<>();
    settings.put("INTER_CLOUD_TOKEN", TOKEN);
    settings.put("REMOTE_PREVIOUS_1_READER_URL", url(other(cloud), kind));
    settings.put("REMOTE_PREVIOUS_1_READER_TOKEN", TOKEN);
    return cloud.function(kind, twin(cloud), settings);
  }

  /** A receiver of a cloud whose twin has no other store of its tier. */
  HostedFunction alone(FakeCloud cloud, FunctionKind kind) {
    Twin twin = new Twin().tiers(id(cloud), id(cloud), id(cloud));
    return made.computeIfAbsent(
        "alone " + url(cloud, kind),
        name -> cloud.function(kind, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN)));
  }

  /** Runs the copier of a cloud's store in a process of its own. */
  JsonObject copy(FakeCloud from, String store, Mortal process, JsonObject order) {
    FunctionKind writer =
        switch (store) {
          case "hot" -> FunctionKind.HOT_COPY_WRITER;
          case "cold" -> FunctionKind.COLD_WRITER;
          default -> FunctionKind.ARCHIVE_WRITER;
        };
    Environment environment =
        new Environment(
            Map.of(
                "DIGITAL_TWIN_INFO",
                twin(from).json(),
                "COPY_STORE",
                store,
                "REMOTE_COPY_WRITER_URL",
                url(other(from), writer),
                "INTER_CLOUD_TOKEN",
                TOKEN));
    TwinInfo twin = new TwinInfoSource().read(environment);
    CloudPorts ports = new MortalPorts(from, process, process.sees(RemoteCloud.class, this));
    StoreCopier copier =
        new StoreCopier(
            StoreCopier.Settings.of(environment, twin),
            new StoreCopier.Stores(
                ports.hotStore(), ports.coldStore(), ports.archiveStore(), hasRoom, Pace.UNPACED),
            ports.movePlans().orElseThrow(),
            ports.senders(),
            Runnable::run,
            new StoreCopier.AtOnce(2, RESTORED_AT_ONCE));
    return copier.run(
        order, new Invocation("plant-store-copier", from.log, letter -> {}, false, "trace-1"));
  }

  static JsonObject begin(String name) {
    return JsonObject.builder().put("copy", name).build();
  }

  static JsonObject verify(String name) {
    return JsonObject.builder().put("copy", name).put("verify", true).build();
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    Answer answer = endpoints.send(method, url, headers, body, timeout);
    if (losesAnswer-- == 0) {
      throw new IOException("connection reset after the receiver worked");
    }
    return answer;
  }
}
