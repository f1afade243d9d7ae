package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.FailureCause;
import io.twinloom.deployer.terraform.TerraformParts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsTerraformTest {

  private static final TerraformParts PARTS =
      TerraformParts.of(List.of(new AwsSupport().terraform()));

  /** AWS's own words, as they come through Terraform's providers. */
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
        "TL-CLOUD-DENIED | operation error STS: AssumeRole, https response error StatusCode: 403,"
            + " api error AccessDenied: User: arn:aws:iam::1:user/x is not authorized to perform:"
            + " sts:AssumeRole on resource: arn:aws:iam::1:role/deployer",
        "TL-CLOUD-ROLE-PENDING | AWS SDK Go Service Operation Incomplete: Waiting for Cloud Control"
            + " API service CreateResource operation completion returned: waiter state transitioned"
            + " to FAILED. StatusMessage: User: arn:aws:sts::1:assumed-role/x is not authorized to"
            + " perform: sts:AssumeRole on resource: arn:aws:iam::1:role/mill.twin. ErrorCode:"
            + " AccessDenied",
        "TL-CLOUD-ROLE-PENDING | ValidationException: Could not assume role mill.twin",
        "TL-CLOUD-ROLE-PENDING | InvalidParameterValueException: The role defined for the function"
            + " cannot be assumed by Lambda.",
        "TL-CLOUD-ROLE-PENDING | InvalidParameterValueException: The function's execution role does"
            + " not have permissions to call PutObject on arn:aws:s3:::mill-dead-letters",
        "TL-CLOUD-ROLE-PENDING | AccessDeniedException: Neither the global service principal"
            + " states.amazonaws.com, nor the regional one is authorized to assume the provided"
            + " role.",
        "TL-CLOUD-ROLE-PENDING | ValidationException: The execution role you provide must allow AWS"
            + " EventBridge Scheduler to assume the role.",
        "TL-CLOUD-ROLE-PENDING | InvalidRequestException: iot.amazonaws.com is unable to perform:"
            + " sts:AssumeRole on resource: arn:aws:iam::1:role/mill.telemetry-rule",
        "TL-CLOUD-ROLE-PENDING | api error MalformedPolicyDocument: Invalid principal in policy:"
            + " \"AWS\":\"arn:aws:iam::1:role/mill.view\"",
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
      })
  void eachCauseIsKnownByAwsWords(String code, String words) {
    FailureCause cause = PARTS.cause(words).orElseThrow();
    assertThat(cause.code().code()).isEqualTo(code);
    assertThat(cause.fix(words)).isNotBlank().endsWith(".");
  }

  @Test
  void aMissingPermissionIsNamed() {
    String words =
        "AccessDenied: User: x is not authorized to perform: iam:CreateRole on resource: y";
    assertThat(PARTS.cause(words).orElseThrow().fix(words)).startsWith("Grant iam:CreateRole. ");
  }

  @Test
  void aRoleThatIsNewIsNotTakenForAPermissionThatIsMissing() {
    FailureCause cause =
        PARTS.cause("x is not authorized to perform: sts:AssumeRole on resource: y").orElseThrow();
    assertThat(cause.retryable()).isTrue();
    assertThat(cause.fix("")).doesNotContain("check-credentials").contains("service control");
  }

  @Test
  void whatAnotherCloudDoesNotSayIsNotKnown() {
    assertThat(PARTS.cause("Unsupported attribute")).isEmpty();
  }
}
