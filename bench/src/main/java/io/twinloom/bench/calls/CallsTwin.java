package io.twinloom.bench.calls;

import io.twinloom.bench.calls.CallsBench.Setting;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The twin whose calls are counted, as its functions' environments say it. */
final class CallsTwin {
  private static final String TWIN = "bench";

  private CallsTwin() {}

  static String name(FunctionKind kind) {
    return TWIN + "-" + kind.id();
  }

  static Map<String, String> variables(FunctionKind kind, Setting setting, URI front) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TWINLOOM_FUNCTION_KIND", kind.id());
    variables.put("TWINLOOM_FUNCTION_NAME", name(kind));
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name(kind));
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "bench");
    variables.put("AWS_SECRET_ACCESS_KEY", "bench");
    for (String service : List.of("SQS", "DYNAMODB", "LAMBDA")) {
      variables.put("AWS_ENDPOINT_URL_" + service, front.toString());
    }
    variables.put("DYNAMODB_TABLE_NAME", "hot");
    variables.put("DEAD_LETTER_S3_BUCKET_NAME", "letters");
    variables.put("STATE_DYNAMODB_TABLE_NAME", "state");
    variables.put("PERSISTER_LAMBDA_NAME", name(FunctionKind.PERSISTER));
    variables.put("EVENT_CHECKER_LAMBDA_NAME", name(FunctionKind.EVENT_CHECKER));
    variables.put("USE_EVENT_CHECKING", Boolean.toString(setting.rules()));
    variables.put("SQS_QUEUES_URL", front + "/123456789012/");
    variables.put(
        "SQS_QUEUED_FUNCTIONS",
        String.join(
            ",",
            name(FunctionKind.DISPATCHER),
            name(FunctionKind.PROCESSOR),
            name(FunctionKind.PERSISTER),
            name(FunctionKind.EVENT_CHECKER)));
    variables.put("DIGITAL_TWIN_INFO", Json.text(info(setting)));
    return variables;
  }

  private static JsonObject info(Setting setting) {
    List<JsonValue> devices = new ArrayList<>();
    List<JsonValue> rules = new ArrayList<>();
    JsonObject.Builder processors = JsonObject.builder();
    for (int i = 0; i < CallsBench.devices(); i++) {
      String id = "device-" + i;
      devices.add(
          json(
              """
              {"id": "%s", "properties": [{"name": "temperature", "dataType": "DOUBLE"},
                {"name": "note", "dataType": "STRING"}]}
              """
                  .formatted(id)));
      if (setting.own()) {
        processors.put(id, TWIN + "-" + id + "-processor");
      }
      if (setting.rules() && i % 10 == 0) {
        rules.add(
            json(
                """
                {"condition": "%s.%s.temperature > DOUBLE(1000)",
                 "action": {"type": "function", "functionName": "alarm"}}
                """
                    .formatted(id, id)));
      }
    }
    if (!setting.own()) {
      processors.put("*", TWIN + "-default-processor");
    }
    return json(
            """
            {"config": {"digital_twin_name": "bench", "hot_storage_size_in_days": 7,
                        "cold_storage_size_in_days": 30, "mode": "PRODUCTION"},
             "config_providers": {
               "layer_1_provider": "aws", "layer_2_provider": "aws", "layer_3_hot_provider": "aws",
               "layer_3_cold_provider": "aws", "layer_3_archive_provider": "aws",
               "layer_4_provider": "aws", "layer_5_provider": "aws"},
             "twin_hierarchy": []}
            """)
        .toBuilder()
        .put("config_iot_devices", new JsonArray(devices))
        .put("config_events", new JsonArray(rules))
        .put("processors", processors.build())
        .build();
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
