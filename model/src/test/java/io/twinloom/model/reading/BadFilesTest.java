package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.in;
import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadFilesTest {
  private static final String CONFIG = "config.json";
  private static final String LINKS = "config_inter_cloud.json";
  private static final String SETTINGS = "terraform_settings.json";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"syntax", "connections", "deploymentSettings", "cloudFiles", "places"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> syntax() {
    return Stream.of(
        of("an empty file", good().with(CONFIG, "")).error("TL-JSON-SYNTAX", CONFIG, 1, ""),
        in("a comma too many", CONFIG, "\"DEBUG\"", "\"DEBUG\",")
            .error("TL-JSON-SYNTAX", CONFIG, 6, "")
            .saying("line 6, column 1", "Delete the comma before it"),
        in("a comma missing", CONFIG, "30,", "30")
            .error("TL-JSON-SYNTAX", CONFIG, 4, "")
            .saying("Put a comma between"),
        in("single quotation marks", CONFIG, "\"mode\"", "'mode'")
            .error("TL-JSON-SYNTAX", CONFIG, 5, "")
            .saying("double quotation marks"),
        in("a comment", CONFIG, "30,", "30, // days")
            .error("TL-JSON-SYNTAX", CONFIG, 3, "")
            .saying("_comment"),
        in("a word without quotation marks", CONFIG, "\"DEBUG\"", "DEBUG")
            .error("TL-JSON-SYNTAX", CONFIG, 5, "")
            .saying("in double quotation marks"),
        of("a file that breaks off", good().with(CONFIG, "{\n  \"mode\": \"DEBUG\","))
            .error("TL-JSON-SYNTAX", CONFIG, 2, "")
            .saying("ends too early"),
        of(
                "something after the end",
                good()
                    .with(
                        "config_optimization.json", "{\"result\": {\"inputParamsUsed\": {}}}\n{}"))
            .error("TL-JSON-SYNTAX", "config_optimization.json", 2, ""),
        of("brackets without end", good().with(CONFIG, "[".repeat(100_000)))
            .error("TL-JSON-SYNTAX", CONFIG, 1, ""),
        of("a file in UTF-16", good().with(CONFIG, "{}".getBytes(StandardCharsets.UTF_16)))
            .error("TL-FILE-ENCODING", CONFIG, 1, "")
            .saying("UTF-16"),
        of(
                "a file in Latin 1",
                good().with(CONFIG, "{\n\"mode\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
            .error("TL-FILE-ENCODING", CONFIG, 2, "")
            .saying("byte 0xE9, byte 10 of line 2"),
        in("a value that is none", CONFIG, "30,", "NaN,")
            .error("TL-JSON-SYNTAX", CONFIG, 3, "")
            .saying("stands NaN, which is not a number of JSON"),
        in("a blank that is none", CONFIG, "30,", "\u00a030,")
            .error("TL-JSON-SYNTAX", CONFIG, 3, "")
            .saying("U+00A0 (no-break space)"),
        of("a file in UTF-32", good().with(CONFIG, "{}".getBytes(Charset.forName("UTF-32"))))
            .error("TL-FILE-ENCODING", CONFIG, 1, "")
            .saying("UTF-32"),
        in("a key that stands twice", CONFIG, "\"DEBUG\"", "\"DEBUG\",\n  \"mode\": \"PRODUCTION\"")
            .error("TL-KEY-TWICE", CONFIG, 6, "/mode"));
  }

  static Stream<Mistake> connections() {
    String good =
        "{\"connections\": {\n  \"aws_l1_to_azure_l2\": {\n    \"provider\": \"azure\",\n"
            + "    \"function\": \"ingestion\",\n    \"url\": \"https://example.com/x\",\n"
            + "    \"token\": \""
            + TOKEN
            + "\"}}}";
    String at = "/connections/aws_l1_to_azure_l2";
    return Stream.of(
        link("connections that are fine", good),
        link("no connections at all", "{}")
            .errorOnClouds("TL-KEY-MISSING", LINKS, 1, "/connections"),
        link("the connections are a list", "{\"connections\": []}")
            .errorOnClouds("TL-VALUE-TYPE", LINKS, 1, "/connections"),
        link("a connection is a text", good.replaceAll("(?s)\\{\n    \"provider.*", "\"x\"}}"))
            .errorOnClouds("TL-VALUE-TYPE", LINKS, 2, at),
        link("a connection has no provider", good.replace("\"provider\": \"azure\",", ""))
            .errorOnClouds("TL-KEY-MISSING", LINKS, 2, at + "/provider"),
        link("a connection is on no cloud", good.replace("\"azure\"", "\"azur\""))
            .errorOnClouds("TL-PROVIDER-UNKNOWN", LINKS, 3, at + "/provider")
            .saying("Did you mean \"azure\"?"),
        link("a connection is on another cloud", good.replace("\"azure\"", "\"google\""))
            .warning("TL-CONNECTION-MISMATCH", LINKS, 3, at + "/provider"),
        link(
                "a connection that the placement does not have",
                good.replace("aws_l1_to_azure_l2", "aws_l1_to_gcp_l2")
                    .replace("\"azure\"", "\"google\""))
            .warning("TL-CONNECTION-UNKNOWN", LINKS, 2, "/connections/aws_l1_to_gcp_l2"),
        link("the file is invalid JSON", "{\"connections\": ")
            .errorOnClouds("TL-JSON-SYNTAX", LINKS, 1, ""),
        link(
            "a receiver's older name",
            good.replace("aws_l1_to_azure_l2", "azure_l2_to_gcp_l3")
                .replace("\"azure\"", "\"google\"")
                .replace("\"ingestion\"", "\"writer\"")),
        link("a connection leads to another function", good.replace("\"ingestion\"", "\"writer\""))
            .warning("TL-CONNECTION-MISMATCH", LINKS, 4, at + "/function")
            .saying("Write \"ingestion\"."),
        link(
                "a connection has no address",
                good.replace("    \"url\": \"https://example.com/x\",\n", ""))
            .errorOnClouds("TL-KEY-MISSING", LINKS, 2, at + "/url"),
        link("a connection is not encrypted", good.replace("https:", "http:"))
            .errorOnClouds("TL-URL", LINKS, 5, at + "/url"),
        link(
            "a connection on this machine",
            good.replace("https://example.com", "http://127.0.0.1:1")),
        link("an address with a password", good.replace("https://", "https://ann:secret@"))
            .errorOnClouds("TL-URL", LINKS, 5, at + "/url"),
        link("an address without a host", good.replace("https://example.com/x", "https:///x"))
            .errorOnClouds("TL-URL", LINKS, 5, at + "/url"),
        link("an address that is none", good.replace("https://example.com/x", "https://exa mple"))
            .errorOnClouds("TL-URL", LINKS, 5, at + "/url"),
        link("a token that is too short", good.replace(TOKEN, "short"))
            .warning("TL-TOKEN-SHORT", LINKS, 6, at + "/token"),
        link("a second token that is too short", good.replace(TOKEN, TOKEN + ",short"))
            .warning("TL-TOKEN-SHORT", LINKS, 6, at + "/token"),
        link("an empty token", good.replace(TOKEN, ""))
            .errorOnClouds("TL-VALUE-BLANK", LINKS, 6, at + "/token"),
        link("a connection has no token", good.replace(",\n    \"token\": \"" + TOKEN + "\"", ""))
            .errorOnClouds("TL-KEY-MISSING", LINKS, 2, at + "/token"),
        link("an unknown connection", good.replace("aws_l1_to_azure_l2", "aws_l1_to_mars_l2"))
            .warning("TL-CONNECTION-UNKNOWN", LINKS, 2, "/connections/aws_l1_to_mars_l2"));
  }

  private static Mistake link(String title, String text) {
    return of(title, good().with(LINKS, text));
  }

  static Stream<Mistake> deploymentSettings() {
    String good =
        "{\"_comment\": \"latency first\",\n\"batch_window_seconds\": 0,\n"
            + "\"put_off_limit_seconds\": 3600,\n\"log_retention_days\": 7,\n\"mover_runs\": 2,\n"
            + "\"tags\": {\"cost-centre\": \"17\"},\n\"trace_sampling\": 7, \"xray\": true}";
    return Stream.of(
        setting("settings of the deployment", good),
        setting("settings that are a list", "[]").errorOnClouds("TL-VALUE-TYPE", SETTINGS, 1, ""),
        setting("settings that are invalid JSON", "{")
            .errorOnClouds("TL-JSON-SYNTAX", SETTINGS, 1, ""),
        setting("a setting that there is not", good.replace("mover_runs", "mover_run"))
            .warning("TL-KEY-UNKNOWN", SETTINGS, 5, "/mover_run")
            .saying("Did you mean \"mover_runs\"?"),
        wrongType(
            "a window that is a text",
            good.replace("seconds\": 0", "seconds\": \"0\""),
            2,
            "batch_window_seconds"),
        outOfRange(
            "a window below zero",
            good.replace("seconds\": 0", "seconds\": -1"),
            2,
            "batch_window_seconds"),
        outOfRange(
            "a window of half a second",
            good.replace("seconds\": 0", "seconds\": 0.5"),
            2,
            "batch_window_seconds"),
        outOfRange(
            "a limit that is too short", good.replace("3600", "59"), 3, "put_off_limit_seconds"),
        outOfRange(
                "days that logs cannot be kept for",
                good.replace("7,", "17,"),
                4,
                "log_retention_days")
            .saying("Write one of 1, 3, 5, 7, 14,"),
        outOfRange(
            "more runs than lanes", good.replace("runs\": 2", "runs\": 17"), 5, "mover_runs"),
        wrongType("a tag that is a number", good.replace("\"17\"", "17"), 6, "tags/cost-centre"),
        outOfRange(
            "no trace at all", good.replace("sampling\": 7", "sampling\": 0"), 7, "trace_sampling"),
        wrongType("a switch that is a text", good.replace("true", "\"on\""), 7, "xray"));
  }

  private static Mistake setting(String title, String text) {
    return of(title, good().with(SETTINGS, text));
  }

  private static Mistake wrongType(String title, String text, int line, String name) {
    return setting(title, text).errorOnClouds("TL-VALUE-TYPE", SETTINGS, line, "/" + name);
  }

  private static Mistake outOfRange(String title, String text, int line, String name) {
    return setting(title, text).errorOnClouds("TL-VALUE-RANGE", SETTINGS, line, "/" + name);
  }

  static Stream<Mistake> cloudFiles() {
    String user = "config_user.json";
    String credentials = "config_credentials.json";
    return Stream.of(
        of(
                "an admin's address that is none",
                good()
                    .with(
                        user,
                        "{\"admin_email\": \"ann\", \"admin_first_name\": \"Ann\","
                            + " \"admin_last_name\": \"Lee\"}"))
            .error("TL-EMAIL", user, 1, "/admin_email"),
        of(
                "an admin's address that is empty, as templates have it",
                good()
                    .with(
                        user,
                        "{\"admin_email\": \"\", \"admin_first_name\": \"Ann\","
                            + " \"admin_last_name\": \"Lee\"}"))
            .warning("TL-VALUE-BLANK", user, 1, "/admin_email"),
        of("an admin without a name", good().with(user, "{\"admin_email\": \"ann@example.com\"}"))
            .error("TL-KEY-MISSING", user, 1, "/admin_first_name")
            .error("TL-KEY-MISSING", user, 1, "/admin_last_name"),
        of("credentials that are a list", good().with(credentials, "[\"AKIA\"]"))
            .error("TL-VALUE-TYPE", credentials, 1, ""),
        of(
                "a credential that is a number",
                good().with(credentials, "{\"azure\": {\n\"azure_subscription_id\": 12}}"))
            .error("TL-VALUE-TYPE", credentials, 2, "/azure/azure_subscription_id"),
        of(
                "a key without its secret",
                good().with(credentials, "{\n\"aws\": {\"aws_access_key_id\": \"AKIA\"}}"))
            .warning("TL-CREDENTIALS-INCOMPLETE", credentials, 2, "/aws"),
        of(
                "a credential with another name",
                good().with(credentials, "{\"gcp\": {\n\"gcp_project\": \"p\"}}"))
            .warning("TL-KEY-UNKNOWN", credentials, 2, "/gcp/gcp_project")
            .saying("Did you mean \"gcp_project_id\"?"),
        of(
                "a workflow with another name",
                good().with("state_machines/aws_step_functions.json", ""))
            .warning("TL-FILE-UNKNOWN", "state_machines/aws_step_functions.json", 0, ""));
  }

  @Test
  void aFileThatCannotBeParsedHidesNoMistakeInAnother() {
    Reading reading =
        good()
            .with(CONFIG, "{")
            .change("config_providers.json", "\"google\"", "\"goggle\"")
            .change("iot_device_simulator/payloads.json", "\"oven-1\"", "\"oven-9\"")
            .read();

    assertThat(reading.problems())
        .extracting(p -> p.file())
        .containsExactly(CONFIG, "config_providers.json", "iot_device_simulator/payloads.json");
  }

  @Test
  void whatRefersToDevicesIsNotReportedWhileTheirListCannotBeRead() {
    Reading reading = good().with("config_iot_devices.json", "[{").read();

    assertThat(reading.problems())
        .extracting(p -> p.code() + " " + p.file())
        .containsExactly("TL-JSON-SYNTAX config_iot_devices.json");
  }

  static Stream<Mistake> places() {
    return Stream.of(
        of(
                "a folder in place of the rules",
                good()
                    .without("config_events.json")
                    .with("config_events.json/x", "")
                    .without("event_actions"))
            .error("TL-FILE-UNREADABLE", "config_events.json", 0, "")
            .saying("There is a folder where a file is expected"),
        of(
                "a folder in place of a file that every project has",
                good().without(CONFIG).with(CONFIG + "/x", ""))
            .error("TL-FILE-UNREADABLE", CONFIG, 0, ""),
        of("a file in place of a folder", good().with("scene_assets", "x"))
            .warning("TL-FILE-UNKNOWN", "scene_assets", 0, "")
            .saying("There is a file where a folder is expected"),
        of(
                "rules in capitals",
                good()
                    .without("config_events.json")
                    .with("CONFIG_EVENTS.JSON", "[]")
                    .without("event_actions"))
            .warning("TL-FILE-UNKNOWN", "CONFIG_EVENTS.JSON", 0, "")
            .saying("Rename it to config_events.json."),
        of("a folder in capitals", good().with("Processors/belt-1/process.py", ""))
            .warning("TL-FILE-UNKNOWN", "Processors", 0, "")
            .saying("Rename it to processors/."));
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    TestProject project = good();
    String text = new String(project.read(CONFIG).orElseThrow(), StandardCharsets.UTF_8);

    assertThat(project.with(CONFIG, "\uFEFF" + text).read().problems()).isEmpty();
  }

  @Test
  void commentsAreIgnoredEverywhereAndAsOftenAsTheyStand() {
    assertThat(
            good()
                .change(CONFIG, "{", "{\"_comment\": 1, \"_comment\": 2, \"_comment_a\": {},")
                .change(
                    "config_iot_devices.json",
                    "\"id\": \"belt-1\",",
                    "\"id\": \"belt-1\", \"_comment_b\": [],")
                .read()
                .problems())
        .isEmpty();
  }

  @Test
  void noProblemShowsASecret() {
    String secret = "hunter2-hunter2-hunter2-hunter2-hunter2";
    for (String text :
        new String[] {
          "\"" + secret + "\"",
          "{\"connections\": \"" + secret + "\"}",
          "{\"connections\": {\"aws_l1_to_azure_l2\": \"" + secret + "\"}}",
          "{\"connections\": {\"aws_l1_to_azure_l2\": {\"token\": [\""
              + secret
              + "\"],"
              + " \"url\": \"https://x:"
              + secret
              + "@y\", \"_t\": \""
              + secret
              + "\"}}}",
          "{\"aws\": \"" + secret + "\"}",
          "{\"aws\": {\"aws_secret_access_key\": [\"" + secret + "\"]}}"
        }) {
      Reading reading = good().with(LINKS, text).with("config_credentials.json", text).read();

      assertThat(reading.problems()).isNotEmpty();
      assertThat(reading.problems().toString()).doesNotContain(secret);
    }
  }
}
