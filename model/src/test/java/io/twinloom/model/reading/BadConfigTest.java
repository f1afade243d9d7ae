package io.twinloom.model.reading;

import static io.twinloom.model.reading.Mistake.in;
import static io.twinloom.model.reading.Mistake.of;
import static io.twinloom.model.reading.TestProject.good;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadConfigTest {
  private static final String CONFIG = "config.json";
  private static final String PROVIDERS = "config_providers.json";
  private static final String OPTIMIZATION = "config_optimization.json";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"config", "providers", "optimization"})
  void aMistakeIsReportedAtItsPlace(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> config() {
    return Stream.of(
        of("config.json is missing", good().without(CONFIG))
            .error("TL-FILE-MISSING", CONFIG, 0, "")
            .saying("twinloom init"),
        of("config.json is a list", good().with(CONFIG, "[]"))
            .error("TL-VALUE-TYPE", CONFIG, 1, "")
            .saying("The file's content is [], not an object."),
        in("the twin has no name", CONFIG, "  \"digital_twin_name\": \"factory\",\n", "")
            .error("TL-KEY-MISSING", CONFIG, 1, "/digital_twin_name"),
        in("the twin's name is a number", CONFIG, "\"factory\"", "7")
            .error("TL-VALUE-TYPE", CONFIG, 2, "/digital_twin_name")
            .saying("\"digital_twin_name\" is 7, not a text."),
        in("the twin's name is blank", CONFIG, "\"factory\"", "\" \"")
            .error("TL-VALUE-BLANK", CONFIG, 2, "/digital_twin_name"),
        in("the twin's name has a blank", CONFIG, "\"factory\"", "\"my factory\"")
            .error("TL-NAME-ILLEGAL", CONFIG, 2, "/digital_twin_name")
            .saying("\"my factory\""),
        in("the twin's name is too long", CONFIG, "\"factory\"", "\"" + "f".repeat(41) + "\"")
            .error("TL-NAME-ILLEGAL", CONFIG, 2, "/digital_twin_name"),
        in("the twin's name is misspelt", CONFIG, "digital_twin_name", "digital_twim_name")
            .error("TL-KEY-MISSING", CONFIG, 1, "/digital_twin_name")
            .warning("TL-KEY-UNKNOWN", CONFIG, 2, "/digital_twim_name")
            .saying("Did you mean \"digital_twin_name\", which is missing?"),
        in("a key is shortened", CONFIG, "hot_storage_size_in_days", "hot_storage_days")
            .error("TL-KEY-MISSING", CONFIG, 1, "/hot_storage_size_in_days")
            .warning("TL-KEY-UNKNOWN", CONFIG, 3, "/hot_storage_days")
            .saying("Did you mean \"hot_storage_size_in_days\", which is missing?"),
        in("nothing stays in the hot store", CONFIG, "30", "0")
            .error("TL-VALUE-RANGE", CONFIG, 3, "/hot_storage_size_in_days")
            .saying("\"hot_storage_size_in_days\" is 0"),
        in("half a day in the hot store", CONFIG, "30", "0.5")
            .error("TL-VALUE-RANGE", CONFIG, 3, "/hot_storage_size_in_days"),
        in("the days are a text", CONFIG, "90", "\"90\"")
            .error("TL-VALUE-TYPE", CONFIG, 4, "/cold_storage_size_in_days")
            .saying("is \"90\", not a whole number."),
        in("the days are null", CONFIG, "90", "null")
            .error("TL-VALUE-TYPE", CONFIG, 4, "/cold_storage_size_in_days"),
        in("the days are too many to count", CONFIG, "90", "99999999999999999999")
            .error("TL-VALUE-RANGE", CONFIG, 4, "/cold_storage_size_in_days"),
        in("the days are negative", CONFIG, "90", "-1")
            .error("TL-VALUE-RANGE", CONFIG, 4, "/cold_storage_size_in_days"),
        in("the mode is in lower case", CONFIG, "\"DEBUG\"", "\"debug\"")
            .error("TL-VALUE-UNKNOWN", CONFIG, 5, "/mode")
            .saying("Did you mean \"DEBUG\"?"),
        in("the mode is missing", CONFIG, ",\n  \"mode\": \"DEBUG\"", "")
            .error("TL-KEY-MISSING", CONFIG, 1, "/mode"),
        in("a switch is a text", CONFIG, "\"DEBUG\"", "\"DEBUG\", \"compress_chunks\": \"yes\"")
            .error("TL-VALUE-TYPE", CONFIG, 5, "/compress_chunks")
            .saying("is \"yes\", not true or false."),
        in(
                "history_over_tiers is 1",
                CONFIG,
                "\"DEBUG\"",
                "\"DEBUG\",\n  \"history_over_tiers\": 1")
            .error("TL-VALUE-TYPE", CONFIG, 6, "/history_over_tiers"),
        in(
                "signing is neither on nor off",
                CONFIG,
                "\"DEBUG\"",
                "\"DEBUG\", \"signed_connections\": \"strickt\"")
            .error("TL-VALUE-UNKNOWN", CONFIG, 5, "/signed_connections")
            .saying("Did you mean \"strict\"?"),
        in("signing is true", CONFIG, "\"DEBUG\"", "\"DEBUG\", \"signed_connections\": true")
            .error("TL-VALUE-UNKNOWN", CONFIG, 5, "/signed_connections"),
        in(
                "a connection's signing is wrong",
                CONFIG,
                "\"DEBUG\"",
                "\"DEBUG\",\n  \"signed_connections\": {\n    \"aws_l1_to_azure_l2\": \"of\"}")
            .error("TL-VALUE-UNKNOWN", CONFIG, 7, "/signed_connections/aws_l1_to_azure_l2")
            .saying("Did you mean \"off\"?"),
        in(
                "the connection that is signed does not exist",
                CONFIG,
                "\"DEBUG\"",
                "\"DEBUG\",\n  \"signed_connections\": {\"aws_l1_to_google_l2\": \"on\"}")
            .warning("TL-CONNECTION-UNKNOWN", CONFIG, 6, "/signed_connections/aws_l1_to_google_l2"),
        in("an unknown key with a slash", CONFIG, "\"DEBUG\"", "\"DEBUG\",\n  \"a/b~c\": 1")
            .warning("TL-KEY-UNKNOWN", CONFIG, 6, "/a~1b~0c"));
  }

  static Stream<Mistake> providers() {
    return Stream.of(
        of("config_providers.json is missing", good().without(PROVIDERS))
            .error("TL-FILE-MISSING", PROVIDERS, 0, ""),
        of(
                "config_providers.json has another name",
                good().without(PROVIDERS).with("config_provider.json", "{}"))
            .error("TL-FILE-MISSING", PROVIDERS, 0, "")
            .warning("TL-FILE-UNKNOWN", "config_provider.json", 0, "")
            .saying("Did you mean it by config_provider.json?"),
        in(
                "a cloud is misspelt",
                PROVIDERS,
                "\"layer_1_provider\": \"aws\"",
                "\"layer_1_provider\": \"asw\"")
            .error("TL-PROVIDER-UNKNOWN", PROVIDERS, 2, "/layer_1_provider")
            .saying("\"asw\"", "Did you mean \"aws\"?"),
        in(
                "a cloud is in upper case",
                PROVIDERS,
                "\"layer_2_provider\": \"azure\"",
                "\"layer_2_provider\": \"AZURE\"")
            .error("TL-PROVIDER-UNKNOWN", PROVIDERS, 3, "/layer_2_provider")
            .saying("Did you mean \"azure\"?"),
        in("google is called gpc", PROVIDERS, "\"google\"", "\"gpc\"")
            .error("TL-PROVIDER-UNKNOWN", PROVIDERS, 4, "/layer_3_hot_provider")
            .saying("Did you mean \"google\"?"),
        in(
                "L1 is none",
                PROVIDERS,
                "\"layer_1_provider\": \"aws\"",
                "\"layer_1_provider\": \"none\"")
            .error("TL-PROVIDER-UNKNOWN", PROVIDERS, 2, "/layer_1_provider")
            .saying("L1 cannot be \"none\""),
        in("L1's cloud is missing", PROVIDERS, "  \"layer_1_provider\": \"aws\",\n", "")
            .error("TL-KEY-MISSING", PROVIDERS, 1, "/layer_1_provider"),
        in("L2's cloud is missing", PROVIDERS, "  \"layer_2_provider\": \"azure\",\n", "")
            .error("TL-KEY-MISSING", PROVIDERS, 1, "/layer_2_provider"),
        in("the cold provider is missing", PROVIDERS, "  \"layer_3_cold_provider\": \"aws\",\n", "")
            .error("TL-KEY-MISSING", PROVIDERS, 1, "/layer_3_cold_provider"),
        in(
                "the archive provider is missing",
                PROVIDERS,
                "  \"layer_3_archive_provider\": \"azure\",\n",
                "")
            .error("TL-KEY-MISSING", PROVIDERS, 1, "/layer_3_archive_provider")
            .saying("L3 archive"),
        in("a cloud is blank", PROVIDERS, "\"google\"", "\"\"")
            .error("TL-VALUE-BLANK", PROVIDERS, 4, "/layer_3_hot_provider"),
        in(
                "a cloud is null",
                PROVIDERS,
                "\"layer_4_provider\": \"aws\"",
                "\"layer_4_provider\": null")
            .error("TL-VALUE-TYPE", PROVIDERS, 7, "/layer_4_provider"),
        in("L5 is on no cloud", PROVIDERS, "\"none\"", "\"grafana\"")
            .error("TL-PROVIDER-UNKNOWN", PROVIDERS, 8, "/layer_5_provider")
            .saying("\"none\""),
        in("a layer's key is misspelt", PROVIDERS, "layer_5_provider", "layer_5_provder")
            .warning("TL-KEY-UNKNOWN", PROVIDERS, 8, "/layer_5_provder")
            .warningOnCloudsOnly("TL-USER-MISSING", "config_user.json", 0, "")
            .saying("Did you mean \"layer_5_provider\"?"),
        in(
                "a layer is given twice",
                PROVIDERS,
                "  \"layer_5_provider\": \"none\"",
                "  \"layer_5_provider\": \"none\",\n  \"layer_1_provider\": \"google\"")
            .error("TL-KEY-TWICE", PROVIDERS, 9, "/layer_1_provider"));
  }

  static Stream<Mistake> optimization() {
    return Stream.of(
        of("config_optimization.json is a list", good().with(OPTIMIZATION, "[1]"))
            .error("TL-VALUE-TYPE", OPTIMIZATION, 1, ""),
        of("the result is null", good().with(OPTIMIZATION, "{\"result\": null}"))
            .error("TL-VALUE-TYPE", OPTIMIZATION, 1, "/result"),
        in(
                "a feature is a text",
                OPTIMIZATION,
                "\"useEventChecking\": true",
                "\"useEventChecking\": \"true\"")
            .error("TL-VALUE-TYPE", OPTIMIZATION, 4, "/result/inputParamsUsed/useEventChecking")
            .saying("without quotation marks"),
        in(
                "a feature is misspelt",
                OPTIMIZATION,
                "returnFeedbackToDevice",
                "returnFeedbackToDevices")
            .warning(
                "TL-KEY-UNKNOWN",
                OPTIMIZATION,
                6,
                "/result/inputParamsUsed/returnFeedbackToDevices")
            .warning("TL-FEEDBACK-OFF", "config_events.json", 7, "/0/action/feedback")
            .saying("Did you mean \"returnFeedbackToDevice\"?"),
        in(
                "a scene is wanted and there is none",
                OPTIMIZATION,
                "\"useEventChecking\": true,",
                "\"useEventChecking\": true, \"needs3DModel\": true,")
            .errorOnClouds("TL-SCENE-MISSING", "scene_assets/aws/scene.json", 0, ""),
        scene("a scene", "{}", "hall.glb"),
        scene("a scene that is invalid JSON", "{bad", "hall.glb")
            .errorOnClouds("TL-JSON-SYNTAX", "scene_assets/aws/scene.json", 1, ""),
        scene("a scene that is a list", "[]", "hall.glb")
            .errorOnClouds("TL-VALUE-TYPE", "scene_assets/aws/scene.json", 1, ""),
        scene("a scene without a model", "{}", "hall.png")
            .errorOnClouds("TL-SCENE-MISSING", "scene_assets/aws", 0, ""));
  }

  private static Mistake scene(String title, String description, String beside) {
    return of(
        title,
        good()
            .change(
                OPTIMIZATION,
                "\"useEventChecking\": true,",
                "\"useEventChecking\": true, \"needs3DModel\": true,")
            .with("scene_assets/aws/scene.json", description)
            .with("scene_assets/aws/" + beside, ""));
  }
}
