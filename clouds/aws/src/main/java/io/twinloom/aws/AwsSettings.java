package io.twinloom.aws;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.Environment;
import io.twinloom.model.function.Need;
import io.twinloom.serverless.ServerlessSettings;
import io.twinloom.serverless.queue.RetryDelays;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a function on AWS reads from its environment besides what every cloud says.
 *
 * @param function which function it is, and its tables and buckets
 * @param lambda its name on AWS
 * @param deadLetterBucket where its dead letters are kept
 * @param stateTable where its processes share what they know of receivers; empty where it keeps
 *     nothing
 * @param putOffLimit after which being put off counts as a failure
 * @param queues the queues of the functions that it hands events to; empty where Lambda keeps them
 */
record AwsSettings(
    ServerlessSettings function,
    String lambda,
    String deadLetterBucket,
    Optional<Queues> queues,
    Optional<String> stateTable,
    Duration putOffLimit) {

  private static final String STATE = "STATE_DYNAMODB_TABLE_NAME";

  private static final String PUT_OFF_LIMIT = "PUT_OFF_LIMIT_SECONDS";
  private static final String QUEUES = "SQS_QUEUES_URL";
  private static final String QUEUED = "SQS_QUEUED_FUNCTIONS";

  /**
   * Queues of functions.
   *
   * @param base what their addresses begin with, up to the name
   * @param functions the names of those that have one
   */
  record Queues(String base, Set<String> functions) {
    Queues {
      functions = Set.copyOf(functions);
    }
  }

  /** One table keeps all kinds of state, each under keys of its own. */
  private static final Map<Need, String> RESOURCES =
      Map.of(
          Need.HOT_STORE,
          "DYNAMODB_TABLE_NAME",
          Need.COLD_STORE,
          "COLD_S3_BUCKET_NAME",
          Need.ARCHIVE_STORE,
          "ARCHIVE_S3_BUCKET_NAME",
          Need.MOVE_PLANS,
          STATE,
          Need.RECORDED_ANSWERS,
          STATE,
          Need.SEEN_DEVICES,
          STATE);

  /**
   * Reads a function's settings.
   *
   * @throws ConfigurationError if one that this kind of function cannot do without is missing
   */
  static AwsSettings of(Environment environment) {
    return new AwsSettings(
        ServerlessSettings.of(environment, RESOURCES),
        environment.required("AWS_LAMBDA_FUNCTION_NAME"),
        environment.required("DEAD_LETTER_S3_BUCKET_NAME"),
        environment
            .url(QUEUES)
            .map(
                base ->
                    new Queues(
                        base.toString(), Set.of(environment.required(QUEUED).split(",", -1)))),
        environment.optional(STATE),
        environment.seconds(PUT_OFF_LIMIT).orElse(RetryDelays.USUAL_LONGEST));
  }

  /** The name of what is behind a port. */
  Optional<String> resource(Need need) {
    return function.resource(need);
  }
}
