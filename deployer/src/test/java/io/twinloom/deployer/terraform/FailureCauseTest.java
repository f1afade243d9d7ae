package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureCauseTest {

  /** The clouds' own words, as they come through Terraform's providers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TL-CREDENTIALS-EXPIRED | operation error STS: GetCallerIdentity, https response error"
            + " StatusCode: 403, api error ExpiredToken: The security token included in the request"
            + " is expired",
        "TL-CREDENTIALS-MISSING | No valid credential sources found",
        "TL-CREDENTIALS-WRONG | api error InvalidClientTokenId: The security token included in the"
            + " request is invalid.",
        "TL-CREDENTIALS-WRONG | api error SignatureDoesNotMatch: The request signature we"
            + " calculated does not match",
        "TL-CLOUD-DENIED | api error AccessDenied: User: arn:aws:iam::1:user/x is not authorized to"
            + " perform: iam:CreateRole on resource: y",
        "TL-CLOUD-DENIED | AccessDeniedException: because no identity-based policy allows the"
            + " iottwinmaker:CreateWorkspace action",
        "TL-CLOUD-THROTTLED | LimitExceededException: Rate exceeded",
        "TL-CLOUD-THROTTLED | TooManyRequestsException: Rate exceeded",
        "TL-CLOUD-THROTTLED | api error ThrottlingException: Too many requests",
        "TL-CLOUD-QUOTA | api error LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000",
        "TL-CLOUD-QUOTA | CodeStorageExceededException: Code storage limit exceeded.",
        "TL-CLOUD-QUOTA | api error TooManyBuckets: You have attempted to create more buckets than"
            + " allowed",
        "TL-CLOUD-QUOTA | quota reached",
        "TL-NAME-TAKEN | api error BucketAlreadyExists: The requested bucket name is not available",
        "TL-NAME-TAKEN | ResourceConflictException: Function already exist: mill-dispatcher",
        "TL-NAME-TAKEN | api error EntityAlreadyExists: Role with name mill-dispatcher already"
            + " exists.",
        "TL-NAME-TAKEN | ResourceAlreadyExistsException: Thing mill-saw already exists in account"
            + " with different attributes",
        "TL-NAME-TAKEN | ResourceInUseException: Table already exists: mill-hot-iot-data",
        "TL-CLOUD-REGION | Invalid AWS Region: eu-mars-1",
        "TL-CLOUD-REGION | lookup iottwinmaker.eu-mars-1.amazonaws.com: no such host",
        "TL-CLOUD-REGION | api error OptInRequired: You are not subscribed to this region",
        "TL-VIEW-ADMIN-UNKNOWN | reading AWS IdentityStore User: couldn't find resource",
        "TL-STATE-LOCKED | Error acquiring the state lock: Lock Info: ID: 1234",
        "TL-STATE-BACKEND | Backend configuration changed: A change in the backend configuration"
            + " has been detected",
        "TL-STATE-BACKEND | Error inspecting states in the \"s3\" backend: NoSuchBucket",
        "TL-TERRAFORM-PROVIDERS | Failed to install provider: could not connect",
        "TL-CLOUD-UNREACHABLE | dial tcp 10.0.0.1:443: connect: connection refused",
        "TL-TERRAFORM-CYCLE | Cycle: module.aws.local.a (expand), module.aws.output.b",
        "TL-TERRAFORM-FAILED | Unsupported attribute",
      })
  void eachCauseIsKnownByTheCloudsWords(String code, String words) {
    FailureCause cause = FailureCause.of(new Diagnostic(true, words, "", "", ""));
    assertThat(cause.error().code()).isEqualTo(code);
    assertThat(cause.fix(words)).isNotBlank().endsWith(".");
  }
}
