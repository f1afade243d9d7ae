package io.twinloom.aws;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.Environment;
import io.twinloom.model.FunctionKind;
import java.util.Optional;

/**
 * What a function on AWS is told besides what every cloud tells it.
 *
 * @param kind which function it is
 * @param name what other functions call it by
 * @param lambda its name on AWS
 * @param hotTable the hot tier's table; empty where the function does not use it
 * @param coldBucket the cold tier's bucket, likewise
 * @param archiveBucket the archive's bucket, likewise
 * @param stateTable the table with plans and recorded answers, likewise
 * @param deadLetterBucket where what it gives up is kept
 */
record AwsSettings(
    FunctionKind kind,
    String name,
    String lambda,
    Optional<String> hotTable,
    Optional<String> coldBucket,
    Optional<String> archiveBucket,
    Optional<String> stateTable,
    String deadLetterBucket) {

  private static final String KIND = "TWINLOOM_FUNCTION_KIND";
  private static final String HOT = "DYNAMODB_TABLE_NAME";
  private static final String COLD = "COLD_S3_BUCKET_NAME";
  private static final String ARCHIVE = "ARCHIVE_S3_BUCKET_NAME";
  private static final String STATE = "STATE_DYNAMODB_TABLE_NAME";

  /** How a function stands to one of its variables. */
  private enum Need {
    NONE,
    /** It uses what is named, where it is not on another cloud. */
    MAY,
    MUST
  }

  /**
   * Reads a function's settings.
   *
   * @throws ConfigurationError if one that this kind of function cannot do without is missing
   */
  static AwsSettings of(Environment environment) {
    FunctionKind kind =
        FunctionKind.of(environment.required(KIND))
            .orElseThrow(
                () -> ConfigurationError.unusable(KIND, "there is no function of that kind."));
    return new AwsSettings(
        kind,
        environment.required("TWINLOOM_FUNCTION_NAME"),
        environment.required("AWS_LAMBDA_FUNCTION_NAME"),
        read(environment, HOT, hot(kind)),
        read(environment, COLD, cold(kind)),
        read(environment, ARCHIVE, archive(kind)),
        read(environment, STATE, state(kind)),
        environment.required("DEAD_LETTER_S3_BUCKET_NAME"));
  }

  private static Optional<String> read(Environment environment, String variable, Need need) {
    return switch (need) {
      case NONE -> Optional.empty();
      case MAY -> environment.optional(variable);
      case MUST -> Optional.of(environment.required(variable));
    };
  }

  private static Need hot(FunctionKind kind) {
    return switch (kind) {
      case HOT_WRITER, HOT_READER, HOT_READER_LAST_ENTRY, HOT_TO_COLD_MOVER -> Need.MUST;
      case PERSISTER -> Need.MAY;
      default -> Need.NONE;
    };
  }

  private static Need cold(FunctionKind kind) {
    return switch (kind) {
      case COLD_WRITER, COLD_READER, COLD_TO_ARCHIVE_MOVER -> Need.MUST;
      case HOT_TO_COLD_MOVER -> Need.MAY;
      default -> Need.NONE;
    };
  }

  private static Need archive(FunctionKind kind) {
    return switch (kind) {
      case ARCHIVE_WRITER, ARCHIVE_READER -> Need.MUST;
      case COLD_TO_ARCHIVE_MOVER -> Need.MAY;
      default -> Need.NONE;
    };
  }

  private static Need state(FunctionKind kind) {
    return switch (kind) {
      case HOT_TO_COLD_MOVER, COLD_TO_ARCHIVE_MOVER, INGESTION, FEEDBACK_GATEWAY -> Need.MUST;
      default -> Need.NONE;
    };
  }
}
