package io.twinloom.deployer.cloud;

import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.deployer.cloud.CloudDataFolder.JsonFile;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In which accounts a twin is, and which steps were made there, so that it is changed and removed
 * where it was made. A step is written down before it is made: whatever happens then, destroying
 * undoes it.
 */
final class DeploymentLedger {

  private final JsonFile file;

  DeploymentLedger(JsonFile file) {
    this.file = file;
  }

  /** The clouds that the twin has anything on. */
  List<Provider> clouds() {
    return file.read().members().keySet().stream().flatMap(id -> Provider.of(id).stream()).toList();
  }

  /**
   * Takes note of an account before anything is made in it.
   *
   * @throws TwinloomException if the twin is in another account or region of that cloud
   */
  void enter(Provider cloud, Identity identity) {
    Optional<JsonObject> known = file.read().object(cloud.id());
    known.ifPresent(there -> refuseOther(cloud, there, identity));
    if (known.isEmpty()) {
      write(
          cloud,
          JsonObject.builder()
              .put("account", identity.account())
              .put("region", identity.region())
              .put("other_regions", texts(identity.otherRegions()))
              .put("steps", JsonArray.EMPTY)
              .build());
    }
  }

  private static void refuseOther(Provider cloud, JsonObject there, Identity now) {
    String account = there.text("account").orElse("");
    String region = there.text("region").orElse("");
    if (!account.equals(now.account())) {
      throw new TwinloomException(
          DeployerError.CLOUD_OTHER_ACCOUNT,
          "The twin is in account "
              + account
              + " of "
              + cloud.id()
              + ", and these credentials are of account "
              + now.account()
              + ".",
          CloudCredentials.FILE,
          "Use credentials of that account; to move the twin, destroy it there first.");
    }
    Map<String, String> others = new TreeMap<>();
    JsonObject known = there.object("other_regions").orElse(JsonObject.EMPTY);
    known
        .members()
        .keySet()
        .forEach(service -> known.text(service).ifPresent(r -> others.put(service, r)));
    if (!region.equals(now.region()) || !others.equals(now.otherRegions())) {
      throw new TwinloomException(
          DeployerError.CLOUD_OTHER_REGION,
          "The twin is in region "
              + shown(region, others)
              + " of "
              + cloud.id()
              + ", and the region is now "
              + shown(now.region(), now.otherRegions())
              + ".",
          CloudCredentials.FILE,
          "Set the region back; to move the twin, destroy it there first: its data goes with it.");
    }
  }

  private static String shown(String region, Map<String, String> others) {
    return others.isEmpty() ? region : region + " " + new TreeMap<>(others);
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObject.Builder json = JsonObject.builder();
    new TreeMap<>(texts).forEach(json::put);
    return json.build();
  }

  /** The steps that were begun on a cloud, in their order. */
  List<String> steps(Provider cloud) {
    List<String> steps = new ArrayList<>();
    for (JsonValue step :
        file.read().object(cloud.id()).flatMap(c -> c.array("steps")).orElse(JsonArray.EMPTY)) {
      if (step instanceof JsonString s) {
        steps.add(s.value());
      }
    }
    return steps;
  }

  /** Writes a step down that is about to be made. */
  void begin(Provider cloud, String step) {
    List<String> steps = steps(cloud);
    if (!steps.contains(step)) {
      steps.add(step);
      write(cloud, steps);
    }
  }

  /** Forgets a step that was undone. */
  void undone(Provider cloud, String step) {
    List<String> steps = steps(cloud);
    steps.remove(step);
    write(cloud, steps);
  }

  private void write(Provider cloud, List<String> steps) {
    JsonObject known = file.read().object(cloud.id()).orElse(JsonObject.EMPTY);
    write(cloud, known.toBuilder().put("steps", JsonArray.ofTexts(steps)).build());
  }

  private void write(Provider cloud, JsonObject entry) {
    file.write(file.read().toBuilder().put(cloud.id(), entry).build());
  }
}
