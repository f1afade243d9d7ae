package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.Terraform;
import io.twinloom.deployer.terraform.TerraformFiles;
import io.twinloom.deployer.terraform.TerraformFolder;
import io.twinloom.deployer.terraform.TerraformParts;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import io.twinloom.model.TwinloomException;
import java.util.Map;
import java.util.Optional;

/** Terraform or OpenTofu, with the HCL that this program carries. */
public final class TerraformProvisioner implements Provisioner {

  private final Map<String, String> environment;
  private final TerraformParts parts;

  /**
   * @param environment of this process: where the executable is found, and what it is given
   * @param parts what is known of the clouds' HCL
   */
  public TerraformProvisioner(Map<String, String> environment, TerraformParts parts) {
    this.environment = Map.copyOf(environment);
    this.parts = parts;
  }

  @Override
  public TerraformWork prepare(
      Order order,
      Placement placement,
      TerraformVariables variables,
      Optional<JsonObject> backend,
      Progress progress) {
    Terraform terraform = Terraform.find(environment, parts);
    new TerraformFiles(order.folder()).write(placement, order.clouds(), variables, backend);
    return work(terraform, order, progress);
  }

  @Override
  public JsonObject recorded(Order order, Optional<JsonObject> backend, Progress progress) {
    Terraform terraform = Terraform.find(environment, parts);
    TerraformFiles files = new TerraformFiles(order.folder());
    files.writeBackend(backend);
    TerraformFolder folder = work(terraform, order, progress);
    files.expect(folder.modules());
    return folder.outputs();
  }

  @Override
  public TerraformWork reopen(Order order, Progress progress) {
    Terraform terraform = Terraform.find(environment, parts);
    if (!new TerraformFiles(order.folder()).isThere()) {
      throw new TwinloomException(
          DeployerError.CLOUD_NO_FOLDER,
          "Terraform's folder, by which the twin was made, is not there.",
          order.folder().toString(),
          "Restore it, or deploy the twin again where its state is kept, and then destroy it.");
    }
    return work(terraform, order, progress);
  }

  private static TerraformFolder work(Terraform terraform, Order order, Progress progress) {
    progress.step(terraform.name());
    TerraformFolder folder =
        terraform.in(order.folder(), order.credentials(), order.secrets(), progress);
    folder.init();
    return folder;
  }
}
