package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Progress;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What makes the twin's things on its clouds: Terraform, or what stands in for it. */
public interface Provisioner {

  /**
   * How it is to work.
   *
   * @param folder its working folder, with its state
   * @param clouds those that the twin has anything on
   * @param credentials environment variables of the clouds' credentials
   * @param secrets texts that no message may show
   */
  record Order(
      Path folder, Set<Provider> clouds, Map<String, String> credentials, Set<String> secrets) {
    public Order {
      clouds = Set.copyOf(clouds);
      credentials = Map.copyOf(credentials);
      secrets = Set.copyOf(secrets);
    }

    @Override
    public String toString() {
      return "Order[folder=" + folder + ", clouds=" + clouds + "]";
    }
  }

  /**
   * Makes ready to work with these variables.
   *
   * @param backend where the project wants the state kept; empty: beside the working folder
   */
  TerraformWork prepare(
      Order order,
      Placement placement,
      TerraformVariables variables,
      Optional<JsonObject> backend,
      Progress progress);

  /**
   * What the last apply gave out, by whichever machine it was made, before anything is written anew
   * here; empty where nothing was applied.
   *
   * @param backend as in {@link #prepare}
   */
  JsonObject recorded(Order order, Optional<JsonObject> backend, Progress progress);

  /** Makes ready to work with what the last {@link #prepare} left in the folder. */
  TerraformWork reopen(Order order, Progress progress);
}
