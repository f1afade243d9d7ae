package io.twinloom.topology;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.CloudSettings;
import io.twinloom.model.Condition;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.Action;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Features;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.UserCode.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Projects for tests: a saw and a drill, the saw with code of its own, two rules. */
public final class Projects {
  public static final Features ALL_ON = new Features(true, true, true, false, false);
  public static final Features FEEDBACK_ONLY = new Features(false, false, true, false, false);

  private static final List<Optional<Provider>> OR_NONE =
      List.of(Optional.of(AWS), Optional.of(AZURE), Optional.of(GOOGLE), Optional.empty());

  private Projects() {}

  /** A placement in the order of the layers; {@code none} for no provider. */
  public static Placement placement(
      String l1, String l2, String hot, String cold, String archive, String l4, String l5) {
    return new Placement(
        cloud(l1),
        cloud(l2),
        cloud(hot),
        cloud(cold),
        cloud(archive),
        Provider.of(l4),
        Provider.of(l5));
  }

  private static Provider cloud(String id) {
    return Provider.of(id).orElseThrow();
  }

  /** A twin that is wholly on one cloud. */
  public static Placement allOn(String cloud) {
    return placement(cloud, cloud, cloud, cloud, cloud, cloud, cloud);
  }

  /** One placement in so many: in these, every choice of clouds for any three layers is there. */
  private static final int STEP = Boolean.getBoolean("twinloom.placements.all") ? 1 : 11;

  /** Calls back for placements of every kind with all switches on, and with all off. */
  public static void forEverything(Consumer<Project> check) {
    for (Placement placement : placements()) {
      check.accept(project(placement, ALL_ON, true));
      check.accept(project(placement, Features.NONE, false));
      if (placement.l4().isEmpty() && placement.l5().isEmpty()) {
        check.accept(project(placement, FEEDBACK_ONLY, true));
      }
    }
  }

  /** Of the 3,888 placements one in eleven; all of them in the profile {@code full}. */
  public static List<Placement> placements() {
    List<Placement> all = allOfThem();
    return IntStream.iterate(0, i -> i < all.size(), i -> i + STEP).mapToObj(all::get).toList();
  }

  private static List<Placement> allOfThem() {
    List<Placement> placements = new ArrayList<>();
    for (Provider l1 : Provider.all()) {
      for (Provider l2 : Provider.all()) {
        for (Provider hot : Provider.all()) {
          for (Provider cold : Provider.all()) {
            for (Provider archive : Provider.all()) {
              for (Optional<Provider> l4 : OR_NONE) {
                for (Optional<Provider> l5 : OR_NONE) {
                  placements.add(new Placement(l1, l2, hot, cold, archive, l4, l5));
                }
              }
            }
          }
        }
      }
    }
    return placements;
  }

  public static Project project(Placement placement) {
    return project(placement, Features.NONE, true);
  }

  public static Project project(Placement placement, Features features, boolean history) {
    return project(placement, features, history, RULES);
  }

  /** With connections that sign. */
  public static Project signing(Placement placement, TwinConfig.Signing signing) {
    return project(placement, Features.NONE, true, RULES, signing);
  }

  public static Project project(
      Placement placement, Features features, boolean history, List<EventRule> rules) {
    TwinConfig.Signing off = new TwinConfig.Signing(TwinConfig.SigningMode.OFF, Map.of());
    return project(placement, features, history, rules, off);
  }

  private static Project project(
      Placement placement,
      Features features,
      boolean history,
      List<EventRule> rules,
      TwinConfig.Signing signing) {
    return new Project(
        new TwinConfig("mill", 7, 30, TwinConfig.Mode.PRODUCTION, history, false, signing),
        placement,
        Project.Fleet.of(DEVICES),
        new Project.Automation(rules, features),
        HIERARCHY,
        CODE,
        List.of(),
        CloudSettings.NONE);
  }

  public static final List<Device> DEVICES =
      List.of(
          new Device(
              "saw",
              List.of(
                  new Device.Property(
                      "speed", DataType.DOUBLE, Optional.of(new JsonNumber("1.50")))),
              List.of(new Device.ConstProperty("maker", DataType.STRING, new JsonString("ACME")))),
          new Device(
              "drill",
              List.of(new Device.Property("depth", DataType.INTEGER, Optional.empty())),
              List.of()));

  public static final Hierarchy HIERARCHY =
      new Hierarchy(
          List.of(
              new Hierarchy.Entity(
                  "hall",
                  List.of(
                      new Hierarchy.Entity(
                          "bench",
                          List.of(),
                          List.of(
                              new Hierarchy.Component(
                                  "saw-part",
                                  "machine",
                                  Optional.of("saw"),
                                  DEVICES.getFirst().properties(),
                                  DEVICES.getFirst().constProperties())),
                          List.of())),
                  List.of(),
                  List.of(new Hierarchy.Relation("holds", "bench")))),
          false);

  public static final List<UserCode> CODE =
      List.of(
          code(Role.PROCESSOR, "saw", "processors/saw"),
          code(Role.DEFAULT_PROCESSOR, "", "processors/default_processor"),
          code(Role.EVENT_ACTION, "alarm", "event_actions/alarm"),
          code(Role.EVENT_FEEDBACK, "", "event_feedback"));

  public static final List<EventRule> RULES =
      List.of(
          rule(ActionType.FUNCTION, "alarm", Optional.empty(), true),
          rule(ActionType.FUNCTION, "alarm", Optional.empty(), true),
          rule(ActionType.WORKFLOW, "first", Optional.of("second"), true),
          rule(ActionType.FUNCTION, "theirs", Optional.empty(), false));

  public static EventRule rule(
      ActionType type, String functionName, Optional<String> functionNameB, boolean autoDeploy) {
    Condition condition =
        new Condition.Comparison(
            new Condition.Path("bench.saw-part", "speed", "saw"),
            Condition.Operator.GREATER,
            new Condition.NumberConstant(new BigDecimal("3")));
    return new EventRule(
        condition,
        "saw",
        new Action(
            type, functionName, functionNameB, Optional.empty(), autoDeploy, Optional.empty()),
        JsonObject.builder()
            .put("condition", "bench.saw-part.speed > INTEGER(3)")
            .put("action", JsonObject.builder().put("functionName", functionName).build())
            .build());
  }

  public static UserCode code(Role role, String name, String folder) {
    return new UserCode(role, name, folder, Form.PYTHON_PROCESS, Optional.empty());
  }
}
