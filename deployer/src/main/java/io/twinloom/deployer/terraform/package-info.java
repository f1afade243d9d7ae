/**
 * Terraform (or OpenTofu) as the way to the clouds: what it is given ({@link
 * io.twinloom.deployer.terraform.TerraformVariables}), where it works ({@link
 * io.twinloom.deployer.terraform.TerraformFiles}), and running it ({@link
 * io.twinloom.deployer.terraform.Terraform}). What is made on a cloud stands in the HCL of the
 * folder {@code terraform/}, what runs where in the topology; here is neither. It knows no cloud's
 * SDK: credentials go to Terraform's providers by its environment.
 */
@NullMarked
package io.twinloom.deployer.terraform;

import org.jspecify.annotations.NullMarked;
