package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.CloudCredentials;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The way to an account: credentials and region of {@code config_credentials.json}, else of the
 * environment, else of the SDK's own chain (a profile, single sign-on, the machine's role), which
 * is the better way: nothing secret then lies in the project. Terraform is given the same.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">
 *     Default credentials provider chain</a>
 */
final class AwsAccess {

  private static final String KEY = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String SESSION = "aws_session_token";

  /** The file's keys, and the variables by which the SDK and Terraform know the same. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          KEY, "AWS_ACCESS_KEY_ID",
          SECRET, "AWS_SECRET_ACCESS_KEY",
          SESSION, "AWS_SESSION_TOKEN");

  private final CloudCredentials given;

  AwsAccess(CloudCredentials given) {
    this.given = given;
  }

  private Optional<String> value(String key) {
    return given.value(key).or(() -> given.variable(VARIABLES.getOrDefault(key, key)));
  }

  /**
   * The credentials.
   *
   * @throws TwinloomException if one half of a key is there and the other is not
   */
  AwsCredentialsProvider credentials() {
    return own()
        .<AwsCredentialsProvider>map(StaticCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** Those that are given themselves; empty where the chain finds them. */
  private Optional<AwsCredentials> own() {
    Optional<String> key = value(KEY);
    Optional<String> secret = value(SECRET);
    if (key.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    String id = key.orElseThrow(() -> half(KEY, SECRET));
    String text = secret.orElseThrow(() -> half(SECRET, KEY));
    return Optional.of(
        value(SESSION)
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, text, token))
            .orElseGet(() -> AwsBasicCredentials.create(id, text)));
  }

  private static TwinloomException half(String missing, String there) {
    return new TwinloomException(
        DeployerError.CREDENTIALS_MISSING,
        "There is " + there + " but no " + missing + ".",
        CloudCredentials.FILE,
        "Give both, or neither: then the AWS profile or role of this machine is used.");
  }

  /**
   * The region that a twin is made in.
   *
   * @throws TwinloomException if nobody says which
   */
  Region region() {
    return given
        .value("aws_region")
        .or(() -> given.variable("AWS_REGION"))
        .or(() -> given.variable("AWS_DEFAULT_REGION"))
        .map(Region::of)
        .orElseGet(AwsAccess::regionOfProfile);
  }

  private static Region regionOfProfile() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw new TwinloomException(
          DeployerError.CREDENTIALS_REGION,
          "Nobody says in which region of AWS the twin is to be made.",
          CloudCredentials.FILE,
          "Set \"aws_region\" in "
              + CloudCredentials.FILE
              + ", or AWS_REGION in the environment; such as eu-central-1.");
    }
  }

  /** The environment by which Terraform's provider goes the same way. */
  Map<String, String> terraformEnvironment() {
    Map<String, String> variables = new LinkedHashMap<>();
    own()
        .ifPresent(
            credentials -> {
              variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
              variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
              // One that is set for other credentials would make these wrong.
              variables.put(
                  "AWS_SESSION_TOKEN",
                  credentials instanceof AwsSessionCredentials s ? s.sessionToken() : "");
            });
    variables.put("AWS_REGION", region().id());
    return variables;
  }

  /** The address of what stands in for a service, by the SDK's own variable for it. */
  Optional<URI> endpoint(String service) {
    return given
        .variable("AWS_ENDPOINT_URL_" + service)
        .or(() -> given.variable("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }
}
