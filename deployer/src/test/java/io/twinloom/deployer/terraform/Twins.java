package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;
import io.twinloom.model.CloudSettings;
import io.twinloom.model.Condition;
import io.twinloom.model.Connections;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.Action;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Features;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Role;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.bundle.FunctionPackage;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Twins for tests, as the topology has them, with packages and tokens that nobody has built. */
final class Twins {

  static final Features EVENTS = new Features(true, true, true, true, false);
  static final Features ALL = new Features(true, true, true, true, true);

  private static final Path PACKAGES = Path.of("/packages");

  private Twins() {}

  /** A placement by letters, in the order of the layers: a, z, g, or - for none. */
  static Placement placement(String letters) {
    return new Placement(
        cloud(letters.charAt(0)).orElseThrow(),
        cloud(letters.charAt(1)).orElseThrow(),
        cloud(letters.charAt(2)).orElseThrow(),
        cloud(letters.charAt(3)).orElseThrow(),
        cloud(letters.charAt(4)).orElseThrow(),
        cloud(letters.charAt(5)),
        cloud(letters.charAt(6)));
  }

  private static Optional<Provider> cloud(char letter) {
    return switch (letter) {
      case 'a' -> Optional.of(KnownClouds.AWS);
      case 'z' -> Optional.of(KnownClouds.AZURE);
      case 'g' -> Optional.of(KnownClouds.GOOGLE);
      default -> Optional.empty();
    };
  }

  /** A twin with one device. */
  static Project twin(String letters, Features features) {
    return twin(placement(letters), features, true, 1);
  }

  /**
   * The same with what its project sets of the deployment.
   *
   * @param settings of {@code terraform_settings.json}, right or not
   */
  static Project setting(String letters, String settings) {
    return twin(placement(letters), EVENTS, true, 1, Part.parse(settings));
  }

  static Project twin(Placement placement, Features features, boolean history, int devices) {
    return twin(placement, features, history, devices, JsonObject.EMPTY);
  }

  private static Project twin(
      Placement placement, Features features, boolean history, int devices, JsonObject deployment) {
    return new Project(
        new TwinConfig(
            "mill",
            7,
            30,
            TwinConfig.Mode.PRODUCTION,
            history,
            false,
            new TwinConfig.Signing(TwinConfig.SigningMode.OFF, Map.of())),
        placement,
        Project.Fleet.of(devices(devices)),
        new Project.Automation(features.useEventChecking() ? RULES : List.of(), features),
        new Hierarchy(List.of(), false),
        features.useEventChecking() ? code() : code().subList(0, 2),
        List.of(),
        new CloudSettings(
            Map.of(),
            Optional.of(new CloudSettings.Admin("eve@example.org", "Eve", "Miller")),
            Set.of(),
            Connections.NONE,
            deployment,
            List.of()));
  }

  /** A twin on one cloud in which every device has code of its own. */
  static Project withCodeForEach(int devices) {
    Project one = twin(placement("aaaaaaa"), Features.NONE, true, devices);
    List<UserCode> code =
        one.devices().stream().map(device -> code(Role.PROCESSOR, device.id())).toList();
    return one.withUserCode(code);
  }

  private static List<Device> devices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i == 0 ? "Säge.1" : "drill-" + i)
        .map(
            id ->
                new Device(
                    id,
                    List.of(new Device.Property("speed", DataType.DOUBLE, Optional.empty())),
                    List.of()))
        .toList();
  }

  private static List<UserCode> code() {
    List<UserCode> code = new ArrayList<>();
    code.add(code(Role.PROCESSOR, "Säge.1"));
    code.add(code(Role.DEFAULT_PROCESSOR, ""));
    code.add(code(Role.EVENT_ACTION, "alarm"));
    code.add(code(Role.EVENT_ACTION, "first"));
    code.add(code(Role.EVENT_ACTION, "second"));
    code.add(code(Role.EVENT_FEEDBACK, ""));
    return code;
  }

  private static UserCode code(Role role, String name) {
    return new UserCode(role, name, "code", UserCode.Form.PYTHON_PROCESS, Optional.empty());
  }

  private static final List<EventRule> RULES =
      List.of(
          rule(ActionType.FUNCTION, "alarm", Optional.empty(), true),
          rule(ActionType.WORKFLOW, "first", Optional.of("second"), true),
          rule(ActionType.FUNCTION, "theirs", Optional.empty(), false));

  private static EventRule rule(
      ActionType type, String function, Optional<String> second, boolean autoDeploy) {
    return new EventRule(
        new Condition.Comparison(
            new Condition.Path("Säge.1", "speed", "Säge.1"),
            Condition.Operator.GREATER,
            new Condition.NumberConstant(new BigDecimal("3"))),
        "Säge.1",
        new Action(type, function, second, Optional.empty(), autoDeploy, Optional.empty()),
        JsonObject.EMPTY);
  }

  /** A package for each user function and one for each cloud's system functions. */
  static List<FunctionPackage> packages(Topology topology) {
    Map<String, FunctionPackage> packages = new LinkedHashMap<>();
    for (DeployedFunction f : topology.functions()) {
      String name = f.userCode().isPresent() || isAction(f) ? f.name() : FunctionPackage.SYSTEM;
      packages.put(
          f.cloud().id() + "/" + name,
          new FunctionPackage(
              name,
              f.cloud(),
              PACKAGES.resolve(name + ".zip"),
              "0123456789abcdef".repeat(4),
              name.equals(FunctionPackage.SYSTEM) ? "java21" : "python3.12",
              "handler"));
    }
    return List.copyOf(packages.values());
  }

  private static boolean isAction(DeployedFunction f) {
    return f.kind() == FunctionKind.EVENT_ACTION;
  }

  /** A token for each connection, which says whose it is. */
  static Map<String, String> tokens(Topology topology) {
    Map<String, String> tokens = new LinkedHashMap<>();
    topology.connections().forEach(c -> tokens.put(c.id(), "token-that-nobody-may-see-" + c.id()));
    return tokens;
  }

  /** Addresses of the receivers that are not on AWS. */
  static Map<FunctionId, URI> elsewhere(Topology topology) {
    Map<FunctionId, URI> addresses = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      if (c.to() != KnownClouds.AWS) {
        addresses.put(c.receiver().id(), URI.create("https://x.example/" + c.receiver().name()));
      }
    }
    return addresses;
  }

  /** All that Terraform is given of a twin. */
  static TerraformVariables variables(Project project, Path folder) {
    Topology topology = Topology.of(project);
    return TerraformVariablesBuilder.project(project, topology, folder)
        .packages(packages(topology))
        .tokens(tokens(topology))
        .regions(Map.of("aws", "eu-central-1"))
        .remoteEndpoints(elsewhere(topology))
        .scene(
            KnownClouds.AWS,
            project.features().needs3DModel()
                ? List.of(
                    new SceneFile("scene.json", Path.of("/scene/scene.json"), "ab".repeat(32)),
                    new SceneFile("models/saw.glb", Path.of("/scene/saw.glb"), "cd".repeat(32)))
                : List.of())
        .make();
  }

  /** A working folder of a twin. */
  static Path written(Project project, Path folder) {
    new TerraformFiles(folder)
        .write(project.placement(), variables(project, folder), Optional.empty());
    return folder;
  }
}
