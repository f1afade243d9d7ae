package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cloud's support says of its HCL, as far as the tests here need it. */
final class SomeParts {

  static final TerraformParts ALL =
      TerraformParts.of(
          List.of(
              new TerraformPart(
                  Set.of("aws_dynamodb_table", "aws_s3_bucket"),
                  Map.of(
                      "aws_lambda_function", "function",
                      "aws_dynamodb_table", "table",
                      "aws_s3_bucket", "bucket",
                      "aws_iot_topic_rule", "topic rule",
                      "awscc_iottwinmaker_workspace", "TwinMaker workspace",
                      "aws_sfn_state_machine", "workflow"),
                  Set.of("aws_s3_object"),
                  List.of(
                      new FailureCause(
                          DeployerError.NAME_TAKEN,
                          "AlreadyExists",
                          "Something of that name is there already: ",
                          "Name the twin otherwise (digital_twin_name).",
                          false),
                      new FailureCause(
                          DeployerError.CLOUD_QUOTA,
                          "CodeStorageExceeded",
                          "A quota of the account is reached: ",
                          "Have it raised (Service Quotas) and deploy again.",
                          true),
                      new FailureCause(
                              DeployerError.CLOUD_DENIED,
                              "AccessDenied",
                              "The credentials may not do this: ",
                              "Grant it and deploy again.",
                              false)
                          .withPermission(
                              Pattern.compile("not authorized to perform: ([\\w:-]+[\\w])"))))));

  private SomeParts() {}
}
