package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.function.QueueUse;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Terraform is given of a function.
 *
 * @param packages keys of the packages that are there, {@code CLOUD/NAME}
 */
record FunctionVariables(Project project, Topology topology, Set<String> packages) {

  /** A function with its settings, permissions and package. */
  JsonObject of(DeployedFunction function, FunctionSettings.Parts parts) {
    JsonObject.Builder addresses = JsonObject.builder();
    parts.addresses().forEach((variable, c) -> addresses.put(variable, address(c.receiver())));
    List<JsonValue> permissions =
        topology.permissions().stream()
            .filter(p -> p.id().equals(function.id()))
            .<JsonValue>map(FunctionVariables::permission)
            .toList();
    return JsonObject.builder()
        .put("cloud_name", function.cloudName())
        .put("kind", function.kind().id())
        .put("runs", spec(function).runs().name().toLowerCase(Locale.ROOT))
        .put("timeout", spec(function).size().timeoutSeconds())
        .put("memory", spec(function).size().memoryMib())
        .put("exposed", function.exposed())
        .put("invoked_later", spec(function).invokedLater())
        .put("queue", spec(function).queue().<JsonValue>map(this::queue).orElse(JsonNull.NULL))
        .put("package", packageOf(function))
        .put("twin_info", FunctionSettings.twinInfoFile(project, function))
        .put("environment", TerraformVariablesBuilder.texts(environment(function, parts.open())))
        .put("addresses", addresses.build())
        .put("permissions", new JsonArray(permissions))
        .build();
  }

  private static JsonObject address(DeployedFunction receiver) {
    return JsonObject.builder()
        .put("cloud", receiver.cloud().id())
        .put("function", receiver.name())
        .build();
  }

  private JsonValue queue(QueueUse use) {
    return JsonObject.builder().put("gathers", use.gathers()).put("at_once", use.atOnce()).build();
  }

  /** With the name of the twin service's store, where one on its cloud is given that. */
  private Map<String, String> environment(DeployedFunction function, Map<String, String> open) {
    Map<String, String> all = new LinkedHashMap<>(open);
    if (function.kind() == FunctionKind.EVENT_CHECKER) {
      topology.stores().stream()
          .filter(s -> s.kind() == Store.Kind.TWIN_GRAPH && s.cloud() == function.cloud())
          .forEach(
              store ->
                  store
                      .cloud()
                      .conventions()
                      .twinSetting()
                      .ifPresent(variable -> all.put(variable, store.cloudName())));
    }
    return all;
  }

  /** The workflow is no archive: its cloud runs a definition. */
  private JsonValue packageOf(DeployedFunction function) {
    if (spec(function).runs() == Runs.WORKFLOW) {
      return JsonNull.NULL;
    }
    String cloud = function.cloud().id() + "/";
    String own = cloud + function.name();
    String key = packages.contains(own) ? own : cloud + FunctionPackage.SYSTEM;
    if (!packages.contains(key) || isUsers(function) != key.equals(own)) {
      throw new TwinloomException(
          DeployerError.PACKAGE_MISSING,
          "There is no package of the function " + function.name() + ".",
          function.cloud().id(),
          "Build the packages of the whole twin before it is deployed.");
    }
    return TerraformVariablesBuilder.text(key);
  }

  private static boolean isUsers(DeployedFunction function) {
    return spec(function).runs() == Runs.USER_CODE;
  }

  private static FunctionSpec spec(DeployedFunction function) {
    return FunctionSpec.of(function.kind());
  }

  private static JsonObject permission(Permission permission) {
    return JsonObject.builder()
        .put("action", permission.action().name().toLowerCase(Locale.ROOT))
        .put("target", permission.target())
        .build();
  }
}
