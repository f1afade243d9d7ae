package io.twinloom.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a project may choose, the names that are made from them, and how those fit the
 * clouds.
 *
 * <p>What the user chooses as a name (twin, functionName) is legal as it is or it is an error; a
 * device id may be any word. A name made from these is the one that functions call each other by;
 * the clouds' own names come from it by {@link #cloudName}.
 */
public final class Names {

  /** The longest name of a twin and of an event action, in characters. */
  public static final int MAX_NAME = 40;

  /** The longest device id, in Unicode characters. */
  public static final int MAX_DEVICE_ID = DeviceIds.MAX;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_NAME + "}");

  private Names() {}

  /** What a cloud's name is for; each kind of thing has its own alphabet and length there. */
  public enum Thing {
    FUNCTION,
    HOT_TABLE,
    BUCKET,
    TWIN_GRAPH,
    /** A device, in the registry of its channel's service. */
    DEVICE,
    /** An entity of the twin, or a component type. */
    TWIN_ENTITY,
    /** A component of an entity. */
    TWIN_COMPONENT
  }

  /**
   * Two functions that would have one name.
   *
   * @param subject what the user named and would have to rename
   * @param id the device id or functionName
   * @param name the name that would be given twice
   * @param what what collides with what, for people
   */
  public record Collision(Subject subject, String id, String name, String what) {}

  /** Where a name comes from. */
  public enum Subject {
    DEVICE,
    FUNCTION_NAME
  }

  /** Whether a twin may be named so: 1 to 40 of a-z A-Z 0-9 - _. */
  public static boolean isTwinName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether an event action may be named so: 1 to 40 of a-z A-Z 0-9 - _. */
  public static boolean isFunctionName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Whether a device may have this id.
   *
   * @see DeviceIds#isLegal
   */
  public static boolean isDeviceId(String id) {
    return DeviceIds.isLegal(id);
  }

  /** The name of a system function: {@code {twin}-{function}}. */
  public static String function(String twin, FunctionKind kind) {
    if (kind.isNamedByUser()) {
      throw new IllegalArgumentException("a twin has many of " + kind.id());
    }
    return twin + "-" + kind.id();
  }

  /** The name of a device's own processor: {@code {twin}-{device}-processor}. */
  public static String userProcessor(String twin, String device) {
    return twin + "-" + device + "-processor";
  }

  /** The name of the processor for devices without their own: {@code {twin}-default-processor}. */
  public static String defaultProcessor(String twin) {
    return twin + "-default-processor";
  }

  /** The name of an event action that Twinloom deploys: {@code {twin}-{functionName}}. */
  public static String eventAction(String twin, String functionName) {
    return twin + "-" + functionName;
  }

  /** A device's name in the registry of its channel's service: {@code {twin}-{device}}. */
  public static String device(String twin, String device) {
    return twin + "-" + device;
  }

  /** The name of the hot table: {@code {twin}-hot-iot-data}. */
  public static String hotStore(String twin) {
    return twin + "-hot-iot-data";
  }

  /** The name of the cold bucket: {@code {twin}-cold-iot-data}. */
  public static String coldStore(String twin) {
    return twin + "-cold-iot-data";
  }

  /** The name of the archive bucket: {@code {twin}-archive-iot-data}. */
  public static String archiveStore(String twin) {
    return twin + "-archive-iot-data";
  }

  /** The name of the twin service's graph of entities: {@code {twin}-twin-graph}. */
  public static String twinGraph(String twin) {
    return twin + "-twin-graph";
  }

  /**
   * The name of a bucket that holds no measurements, without what makes it unique in the world.
   *
   * @param purpose {@code deployment}, {@code dead-letters} or {@code twin}
   */
  public static String bucket(Provider cloud, String twin, String purpose) {
    return cloudName(cloud, Thing.BUCKET, twin + "-" + purpose);
  }

  /**
   * A name as this cloud allows it. One that is allowed stays as it is; any other is put into the
   * cloud's alphabet, cut, and gets six characters of a hash of the whole name appended, so that
   * two names that look alike after cleaning stay two. The same name always gives the same result.
   */
  public static String cloudName(Provider cloud, Thing thing, String name) {
    return cloud.conventions().naming(thing).apply(name);
  }

  /**
   * What would have the name of something else: among the system's functions, the processors of
   * devices with code of their own, and the event actions that are deployed. Names are compared as
   * functions call them and as each cloud has them.
   *
   * @param devicesWithCode ids of the devices that have a processor of their own
   * @param functionNames names of the event actions and second functions of workflows that Twinloom
   *     deploys; one that is used by several rules counts once
   */
  public static List<Collision> collisions(
      String twin, List<String> devicesWithCode, List<String> functionNames) {
    Taken taken = new Taken();
    for (FunctionKind kind : FunctionKind.values()) {
      if (!kind.isNamedByUser()) {
        taken.reserve(function(twin, kind), "the system function " + kind.id());
      }
    }
    taken.reserve(defaultProcessor(twin), "the default processor");
    for (String device : devicesWithCode) {
      taken.add(Subject.DEVICE, device, userProcessor(twin, device));
    }
    for (String functionName : Set.copyOf(functionNames).stream().sorted().toList()) {
      taken.add(Subject.FUNCTION_NAME, functionName, eventAction(twin, functionName));
    }
    return List.copyOf(taken.collisions);
  }

  /** The names given so far, and who has them. */
  private static final class Taken {
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final List<Collision> collisions = new ArrayList<>();

    void reserve(String name, String owner) {
      keys(name).forEach(key -> owners.put(key, owner));
    }

    void add(Subject subject, String id, String name) {
      String self =
          subject == Subject.DEVICE ? "the processor of device " + id : "the event action " + id;
      List<String> keys = keys(name);
      for (String key : keys) {
        String other = owners.get(key);
        if (other != null) {
          String shown = key.substring(key.indexOf(' ') + 1);
          collisions.add(
              new Collision(
                  subject, id, shown, self + " and " + other + " would both be named " + shown));
          return;
        }
      }
      keys.forEach(key -> owners.put(key, self));
    }

    private static List<String> keys(String name) {
      List<String> keys = new ArrayList<>();
      keys.add("called " + name);
      for (Provider cloud : Provider.all()) {
        keys.add(cloud.id() + " " + cloudName(cloud, Thing.FUNCTION, name));
      }
      return keys;
    }
  }
}
