package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;

/**
 * What Terraform is given, the same shape for every cloud: {@code terraform/variables.tf} says what
 * each variable is. Made by {@link TerraformVariablesBuilder}; written by {@link TerraformFiles}.
 *
 * <p>{@code open} holds: {@code twin}, {@code mode}, {@code regions} by cloud, {@code functions},
 * {@code stores}, {@code schedules} by cloud and name, {@code channel} (topics and devices), {@code
 * packages} by {@code CLOUD/NAME}, {@code workflow_definitions} by cloud, {@code twin_service},
 * {@code scene}, {@code view}, {@code alarms}, {@code remote_endpoints}, and what {@link
 * io.twinloom.model.CloudSettings#deployment} sets. All by the names of the topology, each beside
 * its name on its cloud, so that HCL makes up no name of the twin's parts.
 *
 * <p>The addresses of receivers are not among them: a function names the receiver for each of its
 * variables ({@code addresses}), and Terraform puts the address in within the same apply.
 *
 * @param open no secret
 * @param secret {@code secrets}: tokens by cloud, function and variable; and {@code tokens}: the
 *     same by connection
 */
public record TerraformVariables(JsonObject open, JsonObject secret) {

  @Override
  public String toString() {
    return "TerraformVariables" + open;
  }
}
