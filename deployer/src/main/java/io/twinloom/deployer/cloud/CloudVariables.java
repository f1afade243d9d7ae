package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.terraform.ApplySettings;
import io.twinloom.deployer.terraform.TerraformVariables;
import io.twinloom.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Turns a project into what Terraform is given, packages included. */
@FunctionalInterface
public interface CloudVariables {

  /**
   * Where things are put.
   *
   * @param terraform Terraform's working folder
   * @param packages gets what is uploaded
   */
  record Place(Path terraform, Path packages) {}

  /**
   * What was made.
   *
   * @param backend where the project wants the state kept; empty: beside the working folder
   */
  record Made(TerraformVariables variables, Optional<JsonObject> backend) {}

  /**
   * Makes the variables.
   *
   * @param tokens by connection
   * @param regions of the clouds that have an account here, as the HCL names them
   * @param apply what is particular to this apply
   * @throws io.twinloom.model.TwinloomException if a package cannot be made
   */
  Made make(
      PreparedProject project,
      Place place,
      Map<String, String> tokens,
      Map<String, String> regions,
      ApplySettings apply,
      Progress progress);
}
