package io.twinloom.aws;

import io.twinloom.model.FunctionKind;
import java.util.HashMap;
import java.util.Map;

/** The environment of a function of the twin {@code plant}, as a deployment gives it. */
public final class TestSettings {

  /** A token of at least 32 characters. */
  public static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private TestSettings() {}

  /** What every function of one cloud is given, with names for all stores. */
  public static Map<String, String> of(FunctionKind kind) {
    Map<String, String> variables = new HashMap<>();
    variables.put("DIGITAL_TWIN_INFO", twinInfo("aws", "{}"));
    variables.put("TWINLOOM_FUNCTION_KIND", kind.id());
    variables.put("TWINLOOM_FUNCTION_NAME", "plant-" + kind.id());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "plant-" + kind.id());
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("DYNAMODB_TABLE_NAME", "hot");
    variables.put("COLD_S3_BUCKET_NAME", "cold");
    variables.put("ARCHIVE_S3_BUCKET_NAME", "archive");
    variables.put("STATE_DYNAMODB_TABLE_NAME", "state");
    variables.put("DEAD_LETTER_S3_BUCKET_NAME", "letters");
    variables.put("INTER_CLOUD_TOKEN", TOKEN);
    variables.put("PERSISTER_LAMBDA_NAME", "plant-persister");
    variables.put("EVENT_CHECKER_LAMBDA_NAME", "plant-event-checker");
    variables.put("EVENT_FEEDBACK_LAMBDA_NAME", "plant-event-feedback");
    variables.put("USE_EVENT_CHECKING", "true");
    return variables;
  }

  /**
   * The twin.
   *
   * @param l4 the cloud of layer 4; all others are on AWS
   * @param processors the functions with the devices' code, as JSON
   */
  public static String twinInfo(String l4, String processors) {
    return """
    {"config": {"digital_twin_name": "plant", "hot_storage_size_in_days": 7,
                "cold_storage_size_in_days": 30, "mode": "PRODUCTION"},
     "config_iot_devices": [
       {"id": "press-1", "properties": [{"name": "temperature", "dataType": "DOUBLE"}]},
       {"id": "oven-2", "properties": [{"name": "heat", "dataType": "DOUBLE"}]}],
     "config_events": [],
     "config_providers": {
       "layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "aws",
       "layer_3_cold_provider": "aws", "layer_3_archive_provider": "aws",
       "layer_4_provider": "%s", "layer_5_provider": "aws"},
     "twin_hierarchy": [],
     "processors": %s}
    """
        .formatted(l4, processors);
  }
}
