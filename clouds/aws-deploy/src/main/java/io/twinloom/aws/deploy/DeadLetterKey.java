package io.twinloom.aws.deploy;

import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.Sha256;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.FunctionSpec.Runs;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Permission;
import io.twinloom.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the key of a dead letter says: who wrote it, and which function a replay invokes, both by
 * their names on AWS. A role may write only below its own function's name, so the key is known to
 * be true as far as that; what else the letter says its writer has chosen, and where that is the
 * user's code, it may say anything. A replay runs with the deployer's rights: it takes the function
 * from here, and only one of the twin that the writer may invoke itself.
 *
 * @param writer empty where it is the rule of the devices' messages, or the deployer
 * @param target the function's name
 */
record DeadLetterKey(Shape shape, String writer, String target) {

  /** What Lambda's records of failed invocations begin with, followed by the function's name. */
  static final String OF_LAMBDA = "aws/lambda/async/";

  /** What the topic rule's letters begin with. */
  static final String OF_RULE = "iot-rule/";

  /**
   * What those begin with that another cloud kept before it left the twin; no function may write
   * there.
   */
  static final String TAKEN_OVER = "taken-over/";

  /** What the keys of all dead letters begin with. */
  static final List<String> PREFIXES =
      List.of(S3DeadLetters.PREFIX, OF_LAMBDA, OF_RULE, TAKEN_OVER);

  private static final String NONE = "-";

  private static final String FIX =
      "Send its measurement again. Where the twin was changed since, deploy it as it was, replay,"
          + " and change it again.";

  /** Who writes letters of a kind. */
  enum Shape {
    /** A function of Twinloom's, or its workflow. */
    FUNCTION,
    /** Lambda, with the role of the function that failed. */
    LAMBDA,
    /** The rule of the devices' messages. */
    RULE,
    /** The deployer, for another cloud that had looked whether it may be replayed. */
    TAKEN_OVER
  }

  /**
   * The key under which one is kept that another cloud kept.
   *
   * @param replayedBy empty where it may not be replayed
   */
  static String takenOver(DeadLetterEntry letter, Optional<String> replayedBy) {
    return TAKEN_OVER
        + replayedBy.map(DeadLetterKey::cloudName).orElse(NONE)
        + "/"
        + Timestamps.of(letter.time())
        + "-"
        + Sha256.hex(letter.id()).substring(0, 16)
        + ".json";
  }

  /** Reads a key; empty where it names no function, as the keys of earlier versions. */
  static Optional<DeadLetterKey> of(String key, Topology topology) {
    if (key.startsWith(OF_RULE)) {
      return topology
          .function(FunctionKind.DISPATCHER)
          .map(f -> new DeadLetterKey(Shape.RULE, "", f.cloudName()));
    }
    if (key.startsWith(OF_LAMBDA)) {
      List<String> parts = List.of(key.substring(OF_LAMBDA.length()).split("/", -1));
      return parts.size() < 2
          ? Optional.empty()
          : Optional.of(new DeadLetterKey(Shape.LAMBDA, parts.getFirst(), parts.getFirst()));
    }
    if (key.startsWith(TAKEN_OVER)) {
      List<String> parts = List.of(key.substring(TAKEN_OVER.length()).split("/", -1));
      return parts.size() != 2 || parts.getFirst().equals(NONE)
          ? Optional.empty()
          : Optional.of(new DeadLetterKey(Shape.TAKEN_OVER, "", parts.getFirst()));
    }
    if (!key.startsWith(S3DeadLetters.PREFIX)) {
      return Optional.empty();
    }
    List<String> parts = List.of(key.substring(S3DeadLetters.PREFIX.length()).split("/", -1));
    return parts.size() == 3
        ? Optional.of(new DeadLetterKey(Shape.FUNCTION, parts.get(0), parts.get(1)))
        : Optional.empty();
  }

  /** The function as the topology names it, where it knows it; else as AWS does. */
  String function(Topology topology) {
    return here(topology, target).map(DeployedFunction::name).orElse(target);
  }

  /**
   * The name of the function or workflow that a replay invokes.
   *
   * @param id of the letter
   * @throws TwinloomException if it may not be invoked for this letter
   */
  String replayedBy(String id, Topology topology) {
    if (shape == Shape.RULE) {
      return topology
          .function(FunctionKind.DISPATCHER)
          .map(DeployedFunction::name)
          .orElseThrow(() -> refused(id, "the twin has no dispatcher"));
    }
    if (shape == Shape.TAKEN_OVER) {
      return here(topology, target)
          .map(DeployedFunction::name)
          .orElseThrow(() -> refused(id, "the twin has no function " + target));
    }
    DeployedFunction origin =
        here(topology, writer).orElseThrow(() -> refused(id, "the twin has no function " + writer));
    if (!writes(origin)) {
      throw refused(id, "the user's code in " + origin.name() + " writes no dead letters");
    }
    return targets(origin, topology)
        .filter(name -> cloudName(name).equals(target))
        .findFirst()
        .orElseThrow(() -> refused(id, origin.name() + " may not invoke a function " + target));
  }

  /** Lambda writes for the user's actions; for other code of the user's nobody does. */
  private boolean writes(DeployedFunction origin) {
    boolean isUsers = FunctionSpec.of(origin.kind()).runs() == Runs.USER_CODE;
    return !isUsers || shape == Shape.LAMBDA && origin.kind() == FunctionKind.EVENT_ACTION;
  }

  /** The writer itself, and what it may invoke: functions of the twin, and those rules name. */
  private static Stream<String> targets(DeployedFunction origin, Topology topology) {
    Stream<String> own =
        FunctionSpec.of(origin.kind()).runs() == Runs.WORKFLOW
            ? Stream.empty()
            : Stream.of(origin.name());
    Stream<String> invoked =
        topology.permissions().stream()
            .filter(p -> p.action().isOnFunction() && p.id().equals(origin.id()))
            .map(Permission::target);
    return Stream.concat(own, invoked);
  }

  /** A function by its name on AWS, also where its layer has moved to another cloud since. */
  private static Optional<DeployedFunction> here(Topology topology, String cloudName) {
    return topology.functions().stream()
        .filter(f -> cloudName(f.name()).equals(cloudName))
        .min(Comparator.comparing(f -> f.cloud() != KnownClouds.AWS));
  }

  private static String cloudName(String function) {
    return Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, function);
  }

  static TwinloomException refused(String id, String why) {
    return new TwinloomException(
        AwsDeployError.DEAD_LETTER_REFUSED, "It is not replayed: " + why + ".", id, FIX);
  }
}
