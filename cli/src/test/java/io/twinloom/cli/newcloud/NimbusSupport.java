package io.twinloom.cli.newcloud;

import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.deployer.terraform.TerraformPart;
import io.twinloom.model.Provider;
import io.twinloom.packaging.bundle.SystemArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The made-up cloud, for the deployer. What its devices publish is in a file beside their key. */
public final class NimbusSupport implements CloudSupport {

  @Override
  public Provider provider() {
    return Provider.named("nimbus");
  }

  @Override
  public CloudAccount open(CloudCredentials credentials, InstantSource clock) {
    return new NimbusAccount(credentials);
  }

  @Override
  public SystemArtifact artifact() {
    return new SystemArtifact("bean-21", "io.twinloom.nimbus.Drop");
  }

  @Override
  public TerraformPart terraform() {
    return new TerraformPart(
        Set.of("terraform_data"), Map.of("terraform_data", "puddle"), Set.of(), List.of());
  }

  @Override
  public DeviceAccess devices() {
    return new DeviceAccess() {
      @Override
      public Map<String, String> secretFiles() {
        return Map.of("droplet", "droplet.key");
      }

      @Override
      public DeviceClient connect(DeviceCredentials credentials) {
        return new FileClient(credentials.file("droplet").resolveSibling("published"));
      }
    };
  }

  private record FileClient(Path file) implements DeviceClient {
    @Override
    public CompletionStage<Void> publish(String device, byte[] payload) {
      try {
        Files.write(file, payload, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return CompletableFuture.completedFuture(null);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public void listen(BiConsumer<String, byte[]> received) {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void close() {}
  }
}
