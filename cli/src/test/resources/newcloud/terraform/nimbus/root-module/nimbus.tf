# A made-up cloud without a provider: its functions are data of Terraform's own.

resource "terraform_data" "function" {
  for_each = lookup(var.functions, "nimbus", {})
  input    = each.value.cloud_name
}

locals {
  nimbus = {
    endpoints = {}
    things    = {}
    device_credentials = {
      for id, name in try(var.channels.nimbus.devices, {}) : id => {
        cloud     = "nimbus"
        client_id = name
        droplet   = "the key of ${terraform_data.function[keys(terraform_data.function)[0]].output}"
      }
    }
  }
}
