package io.twinloom.cli.newcloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.AccountOperations;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account of the made-up cloud. */
final class NimbusAccount implements CloudAccount {

  private final CloudCredentials credentials;

  NimbusAccount(CloudCredentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Provider provider() {
    return Provider.named("nimbus");
  }

  @Override
  public Identity identity() {
    return new Identity(
        credentials.value("nimbus_key").orElse("nobody"),
        "a drop",
        "sky",
        Map.of("rain", "valley"));
  }

  @Override
  public List<LayerPermissions> permissions(PreparedProject project) {
    return List.of(new LayerPermissions(Layer.L1, List.of("rain:Fall"), List.of()));
  }

  @Override
  public Map<String, String> terraformEnvironment() {
    return Map.of();
  }

  @Override
  public List<CloudStep> steps(Deployment deployment) {
    return List.of();
  }

  @Override
  public void undo(String step, JsonObject outputs, Progress progress) {}

  @Override
  public Optional<byte[]> uploadedProject(String digest, JsonObject outputs) {
    return Optional.empty();
  }

  /** Nothing that these tests do asks a deployed function, a store or a log. */
  @Override
  public AccountOperations operations(Deployment deployment) {
    return (AccountOperations)
        Proxy.newProxyInstance(
            AccountOperations.class.getClassLoader(),
            new Class<?>[] {AccountOperations.class},
            (self, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Override
  public void close() {}
}
