package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import java.util.List;

/** Why Terraform itself fails, whichever clouds it works on. */
final class TerraformCauses {

  static final List<FailureCause> ALL =
      List.of(
          new FailureCause(
              DeployerError.STATE_LOCKED,
              "state lock|Lock Info|already locked|LockException",
              "Another deployment holds the state: ",
              "Wait until it has ended. If none runs any more, release it: terraform force-unlock with the "
                  + "id that stands here, in .twinloom/cloud/terraform.",
              true),
          new FailureCause(
              DeployerError.STATE_BACKEND,
              "[Bb]ackend (configuration|initialization|type)|Backend|NoSuchBucket|state snapshot",
              "The place of the state cannot be used: ",
              "See terraform_backend.json. Where the state is to move, run terraform init -migrate-state in"
                  + " .twinloom/cloud/terraform.",
              false),
          new FailureCause(
              DeployerError.TERRAFORM_PROVIDERS,
              "[Ff]ailed to (query available|install) provider|registry\\.|Could not (retrieve|connect)"
                  + "|Inconsistent dependency lock",
              "Terraform cannot get its providers: ",
              "See that registry.terraform.io (or your mirror) can be reached, and deploy again.",
              true),
          new FailureCause(
              DeployerError.CLOUD_UNREACHABLE,
              "dial tcp|connection (refused|reset)|TLS handshake|i/o timeout|context deadline exceeded",
              "The cloud cannot be reached: ",
              "See to the network (proxy, firewall, DNS) and deploy again; what was made is kept.",
              true),
          new FailureCause(
              DeployerError.TERRAFORM_CYCLE,
              "^Cycle",
              "The HCL has a cycle, which is a defect of Twinloom: ",
              "Report it with config_providers.json.",
              false));

  /** What is left: its own words say all that is known. */
  static final FailureCause OTHER =
      new FailureCause(
          DeployerError.TERRAFORM_FAILED,
          "(?!)",
          "",
          "Fix what it says and deploy again; what was made is kept.",
          false);

  private TerraformCauses() {}
}
