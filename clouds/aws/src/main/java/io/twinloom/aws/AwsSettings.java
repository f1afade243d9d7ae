package io.twinloom.aws;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.settings.Environment;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
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
    FunctionSpec spec = FunctionSpec.of(kind);
    return new AwsSettings(
        kind,
        environment.required("TWINLOOM_FUNCTION_NAME"),
        environment.required("AWS_LAMBDA_FUNCTION_NAME"),
        read(environment, HOT, spec, Need.HOT_STORE),
        read(environment, COLD, spec, Need.COLD_STORE),
        read(environment, ARCHIVE, spec, Need.ARCHIVE_STORE),
        spec.keepsState() ? Optional.of(environment.required(STATE)) : Optional.empty(),
        environment.required("DEAD_LETTER_S3_BUCKET_NAME"));
  }

  private static Optional<String> read(
      Environment environment, String variable, FunctionSpec spec, Need store) {
    if (spec.requires(store)) {
      return Optional.of(environment.required(variable));
    }
    return spec.needs(store) ? environment.optional(variable) : Optional.empty();
  }
}
