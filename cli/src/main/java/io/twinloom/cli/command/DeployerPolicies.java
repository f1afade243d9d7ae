package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudAccount;
import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.cloud.CloudTarget;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a deployer has to be allowed on each cloud of a twin. Credentials are not needed:
 * without them the documents are for any account. Standard out has the documents alone.
 */
record DeployerPolicies(Map<String, String> environment, Output output) {

  int print(PreparedProject project) {
    List<JsonValue> clouds = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    boolean ok = true;
    SortedMap<Provider, CloudSupport> supports = CloudSupport.all();
    for (Provider cloud : CloudTarget.cloudsOf(project.topology())) {
      List<JsonObject> documents = documents(project, cloud, supports.get(cloud));
      ok &= !documents.isEmpty();
      documents.forEach(document -> lines.add(Json.pretty(document).strip()));
      clouds.add(
          JsonObject.builder()
              .put("cloud", cloud.id())
              .put("policies", new JsonArray(List.copyOf(documents)))
              .build());
    }
    output.result(JsonObject.builder().put("clouds", new JsonArray(clouds)).build(), lines);
    return ok ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<JsonObject> documents(
      PreparedProject project, Provider cloud, @Nullable CloudSupport support) {
    if (support == null) {
      output.warn(cloud.id() + ": Twinloom cannot deploy there yet.");
      return List.of();
    }
    CloudCredentials given = CloudCredentials.of(project.source(), cloud, environment);
    try (CloudAccount account = support.open(given, output.terminal().clock())) {
      List<JsonObject> documents = account.policies(project, identity(account));
      if (documents.isEmpty()) {
        output.warn(cloud.id() + ": there is no policy to print.");
      } else if (documents.size() > 1) {
        output.say(
            cloud.id()
                + ": "
                + documents.size()
                + " policies, since one would be too long: attach all of them.");
      }
      return documents;
    }
  }

  private Optional<Identity> identity(CloudAccount account) {
    try {
      return Optional.of(account.identity());
    } catch (TwinloomException e) {
      output.warn(
          account.provider().id()
              + ": the policy is for any account, since this one is not known: "
              + e.what());
      return Optional.empty();
    }
  }
}
