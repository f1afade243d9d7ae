package io.twinloom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FunctionHandlerTest {

  /** When Lambda would end the function. */
  private static final Instant END = Instant.MAX;

  private static final String POST =
      """
      {"version": "2.0", "requestContext": {"http": {"method": "%s"}},
       "headers": {"x-inter-cloud-token": "%s"}, "body": "{}"}
      """;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** No address of a service is given, and no credentials: whatever connected would fail. */
  @ParameterizedTest
  @EnumSource(
      value = FunctionKind.class,
      mode = Mode.EXCLUDE,
      names = {
        "USER_PROCESSOR",
        "EVENT_ACTION",
        "USER_FEEDBACK",
        "WORKFLOW",
        "TWIN_UPDATER",
        "DATA_CONNECTOR",
        "DATA_CONNECTOR_LAST_ENTRY",
        "CONNECTOR",
        "STORE_COPIER",
        "TWIN_COPIER"
      })
  void everyFunctionIsMadeWithoutAConnection(FunctionKind kind) {
    assertThat(handler(TestSettings.of(kind))).isNotNull();
  }

  @Test
  void theTwinCopierIsMadeBesideTheHotStoreOfATwinOnTwinMaker() {
    Map<String, String> variables = TestSettings.of(FunctionKind.TWIN_COPIER);
    variables.put("COPY_SOURCE", "history");
    variables.put("TWIN_UPDATER_LAMBDA_NAME", "plant-twin-updater");
    assertThat(handler(variables)).isNotNull();
    variables.put("COPY_SOURCE", "graph");
    assertThatThrownBy(() -> handler(variables)).hasMessageContaining("twin graph");
  }

  @ParameterizedTest
  @CsvSource({
    "DISPATCHER, DIGITAL_TWIN_INFO",
    "DISPATCHER, TWINLOOM_FUNCTION_KIND",
    "DISPATCHER, TWINLOOM_FUNCTION_NAME",
    "DISPATCHER, DEAD_LETTER_S3_BUCKET_NAME",
    "DISPATCHER, STATE_DYNAMODB_TABLE_NAME",
    "DISPATCHER, AWS_REGION",
    "PROCESSOR, PERSISTER_LAMBDA_NAME",
    "HOT_WRITER, DYNAMODB_TABLE_NAME",
    "HOT_READER, DYNAMODB_TABLE_NAME",
    "HOT_READER_LAST_ENTRY, DYNAMODB_TABLE_NAME",
    "HOT_TO_COLD_MOVER, DYNAMODB_TABLE_NAME",
    "HOT_TO_COLD_MOVER, STATE_DYNAMODB_TABLE_NAME",
    "COLD_WRITER, COLD_S3_BUCKET_NAME",
    "COLD_READER, COLD_S3_BUCKET_NAME",
    "COLD_TO_ARCHIVE_MOVER, COLD_S3_BUCKET_NAME",
    "COLD_TO_ARCHIVE_MOVER, STATE_DYNAMODB_TABLE_NAME",
    "ARCHIVE_WRITER, ARCHIVE_S3_BUCKET_NAME",
    "ARCHIVE_READER, ARCHIVE_S3_BUCKET_NAME",
    "INGESTION, STATE_DYNAMODB_TABLE_NAME",
    "FEEDBACK_GATEWAY, STATE_DYNAMODB_TABLE_NAME",
  })
  void aRequiredSettingThatIsMissingOrBlankStopsTheStartWithItsName(
      FunctionKind kind, String variable) {
    Map<String, String> variables = TestSettings.of(kind);
    variables.remove(variable);
    assertThatThrownBy(() -> handler(variables))
        .isInstanceOf(FunctionFailed.class)
        .hasMessageContaining(variable);
    variables.put(variable, " ");
    assertThatThrownBy(() -> handler(variables)).hasMessageContaining(variable);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"level\":\"ERROR\"", variable);
  }

  @Test
  void aPersisterWithoutAStoreOfItsOwnOrRemoteDoesNotStart() {
    Map<String, String> variables = TestSettings.of(FunctionKind.PERSISTER);
    variables.remove("DYNAMODB_TABLE_NAME");
    assertThatThrownBy(() -> handler(variables)).hasMessageContaining("hot store");
  }

  @ParameterizedTest
  @CsvSource({
    "HOT_WRITER, POST, wrong, 403",
    "HOT_WRITER, GET, 0123456789abcdef0123456789abcdef, 405",
    "HOT_WRITER, POST, 0123456789abcdef0123456789abcdef, 400",
    "HOT_READER, GET, '', 401",
    "HOT_READER, PUT, 0123456789abcdef0123456789abcdef, 405",
  })
  void aRequestToAReceiversUrlIsAnsweredOverHttp(
      FunctionKind kind, String method, String token, int status) {
    JsonObject answer =
        Json.parseObject(
            handler(TestSettings.of(kind)).answer(bytes(POST.formatted(method, token)), END));
    assertThat(String.valueOf(answer.get("statusCode"))).isEqualTo("" + status);
    assertThat(answer.text("body").orElse("")).contains("error").doesNotContain("\tat ");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("\"function\":\"plant-" + kind.id())
        .doesNotContain(TestSettings.TOKEN);
  }

  @Test
  void whatLooksLikeARequestIsAnEventToAFunctionWithoutEndpoint() {
    FunctionHandler handler = handler(TestSettings.of(FunctionKind.PROCESSOR));
    assertThatThrownBy(() -> handler.answer(bytes(POST.formatted("POST", TestSettings.TOKEN)), END))
        .isInstanceOf(FunctionFailed.class);
  }

  @Test
  void aFailureIsReportedToLambdaInItsOwnWordsWithoutStackTraceAndCause() {
    FunctionHandler handler = handler(TestSettings.of(FunctionKind.HOT_READER));
    assertThatThrownBy(() -> handler.answer(bytes("{\"limit\": \"1\"}"), END))
        .isInstanceOf(FunctionFailed.class)
        .hasMessageContaining("device_id")
        .hasNoCause()
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"null", "'[1]'", "'\"text\"'", "'{'"})
  void anEventThatIsNoObjectFails(String event) {
    FunctionHandler handler = handler(TestSettings.of(FunctionKind.HOT_READER));
    assertThatThrownBy(() -> handler.answer(bytes(event), END)).isInstanceOf(FunctionFailed.class);
  }

  @Test
  void aMoverIsGivenLessTimeThanLambdaGivesIt() {
    Map<String, String> variables = TestSettings.of(FunctionKind.HOT_TO_COLD_MOVER);
    variables.put("MOVER_TIME_LIMIT_SECONDS", "soon");
    assertThatThrownBy(() -> handler(variables)).hasMessageContaining("MOVER_TIME_LIMIT_SECONDS");
  }

  private FunctionHandler handler(Map<String, String> variables) {
    return new FunctionHandler(variables, log);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
