package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudAccount.Identity;
import io.twinloom.model.Device;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the things of a twin are called on AWS, as patterns of ARNs: what a policy can be limited to.
 * Most names begin with the twin's; one that was cleaned may not, and then stands here itself.
 */
final class TwinArns {

  /** Of more names that do not begin with the twin's only how they begin: a policy has no room. */
  private static final int MOST_NAMES = 20;

  /** What terraform/aws/buckets.tf leaves of a bucket's name, before the account's suffix. */
  private static final int BUCKET_BASE = 54;

  private final String twin;
  private final String partition;
  private final String region;
  private final String account;
  private final List<String> functions;
  private final List<String> devices;
  private final List<String> buckets;
  private final Optional<String> workspace;
  private final List<String> foreign;

  /**
   * @param identity whose account it is; empty: any
   */
  TwinArns(Project project, Topology topology, Optional<Identity> identity, String region) {
    this.twin = topology.twin();
    this.partition = identity.map(i -> i.principal().split(":", -1)[1]).orElse("aws");
    this.region = region;
    this.account = identity.map(Identity::account).orElse("*");
    this.functions =
        others(
            topology.functions().stream()
                .filter(f -> f.cloud() == KnownClouds.AWS)
                .map(DeployedFunction::cloudName));
    this.devices =
        others(
            project.devices().stream()
                .map(Device::id)
                .map(id -> Names.cloudName(KnownClouds.AWS, Thing.DEVICE, Names.device(twin, id))));
    this.buckets = buckets(topology);
    this.workspace =
        topology.stores().stream()
            .filter(s -> s.kind() == Store.Kind.TWIN_GRAPH && s.cloud() == KnownClouds.AWS)
            .map(Store::cloudName)
            .findFirst();
    this.foreign = List.copyOf(Topology.foreignActions(project));
  }

  private List<String> others(Stream<String> names) {
    List<String> others = names.filter(name -> !name.startsWith(twin + "-")).sorted().toList();
    return others.size() > MOST_NAMES
        ? List.of(commonStart(others.getFirst(), others.getLast()) + "*")
        : others;
  }

  /** Of the first and the last of sorted names, which is that of all: the twin's, cleaned. */
  private static String commonStart(String first, String last) {
    int length = 0;
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }

  private static List<String> buckets(Topology topology) {
    List<String> buckets = new ArrayList<>();
    for (String purpose : List.of("deployment", "dead-letters", "twin")) {
      String name = topology.twin() + "-" + purpose;
      buckets.add(Names.cloudName(KnownClouds.AWS, Thing.BUCKET, name));
    }
    topology.stores().stream()
        .filter(s -> s.cloud() == KnownClouds.AWS)
        .filter(s -> s.kind() == Store.Kind.COLD || s.kind() == Store.Kind.ARCHIVE)
        .forEach(s -> buckets.add(s.cloudName()));
    return buckets.stream()
        .map(b -> b.substring(0, Math.min(b.length(), BUCKET_BASE)).replaceFirst("-$", ""))
        .toList();
  }

  /** The things of a scope; {@code *} where it cannot be limited. */
  List<String> of(PolicyScope scope) {
    return switch (scope) {
      case FUNCTIONS -> named(arn("lambda", "function:"), functions);
      case EVENT_SOURCES -> List.of(arn("lambda", "event-source-mapping:*"));
      case QUEUES -> named(arn("sqs", ""), functions);
      case ROLES, PASSED_ROLES -> roles();
      case LOGS -> named(arn("logs", "log-group:/aws/lambda/"), starred(functions));
      case BUCKETS -> buckets.stream().map(b -> "arn:" + partition + ":s3:::" + b + "-*").toList();
      case TABLES -> List.of(arn("dynamodb", "table/" + twin + "-*"));
      case THINGS -> named(arn("iot", "thing/"), devices);
      case THING_POLICIES -> named(arn("iot", "policy/"), devices);
      case TOPIC_RULES -> List.of(arn("iot", "rule/" + twin.replace('-', '_') + "_telemetry_*"));
      case DEVICES -> devices();
      case SCHEDULES ->
          List.of(
              arn("scheduler", "schedule/" + twin + "/*"),
              arn("scheduler", "schedule-group/" + twin));
      case WORKFLOWS -> List.of(arn("states", "stateMachine:" + twin + "-*"));
      case TOPICS -> List.of(arn("sns", twin + "-*"));
      case ALARMS -> List.of(arn("cloudwatch", "alarm:" + twin + "-*"));
      case TWIN -> {
        String arn = arn("iottwinmaker", "workspace/" + workspace.orElse("none"));
        yield List.of(arn, arn + "/*");
      }
      case DASHBOARDS -> List.of(arn("grafana", "/workspaces/*"));
      case GRAFANA_LINKED_ROLE -> List.of(iam("role/aws-service-role/grafana.amazonaws.com/*"));
      case ANYTHING -> List.of("*");
    };
  }

  /**
   * Names that things of a scope may have, to ask about: of each thing one, or several where its
   * actions are about different parts of it.
   */
  List<List<String>> samples(PolicyScope scope) {
    return switch (scope) {
      case BUCKETS -> of(scope).stream().map(b -> List.of(named(b), named(b) + "/x")).toList();
      // Their actions are about one kind of these or another.
      case DEVICES, SCHEDULES, TWIN -> List.of(of(scope).stream().map(TwinArns::named).toList());
      default -> of(scope).stream().map(TwinArns::named).map(List::of).toList();
    };
  }

  /** A name that fits a pattern. */
  private static String named(String pattern) {
    return pattern.equals("*") ? pattern : pattern.replace("*", "x");
  }

  /** The functions that rules name and that are not the twin's: they are only invoked. */
  List<String> foreignFunctions() {
    return foreign.stream().map(name -> arn("lambda", "function:" + name)).toList();
  }

  private List<String> roles() {
    List<String> roles = new ArrayList<>(named(iam("role/"), functions));
    roles.add(iam("role/" + twin + ".*"));
    return roles;
  }

  /** A certificate's id is AWS's: the account's are all that can be said. */
  private List<String> devices() {
    List<String> arns = new ArrayList<>(List.of(arn("iot", "cert/*")));
    for (PolicyScope scope :
        List.of(PolicyScope.THINGS, PolicyScope.THING_POLICIES, PolicyScope.TOPIC_RULES)) {
      arns.addAll(of(scope));
    }
    return arns;
  }

  private static List<String> starred(List<String> names) {
    return names.stream().map(name -> name + "*").toList();
  }

  private List<String> named(String prefix, List<String> others) {
    return Stream.concat(Stream.of(twin + "-*"), others.stream())
        .map(name -> prefix + name)
        .toList();
  }

  private String arn(String service, String thing) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + thing;
  }

  private String iam(String thing) {
    return "arn:" + partition + ":iam::" + account + ":" + thing;
  }
}
