# As little of a cloud as its functions, stores, devices, graph and view: receivers and others apart,
# stores that are locked.

terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
  }
}

variable "functions" { type = any }
variable "stores" { type = any }
variable "channel" { type = any }
variable "twin_service" { type = any }
variable "view" { type = any }
variable "unprotected" { type = set(string) }
variable "endpoints" { type = map(map(string)) }
variable "known_endpoints" { type = map(map(string)) }

locals {
  # Readers are receivers for a time only, and stay what they are.
  receiving = [for name, f in var.functions : name if f.exposed || endswith(f.kind, "-reader") || endswith(f.kind, "-last-entry")]
}

resource "terraform_data" "receiver" {
  for_each = { for name, f in var.functions : name => f if contains(local.receiving, name) }
  input = merge(each.value.environment, {
    for variable, r in each.value.addresses : variable => var.known_endpoints[r.cloud][r.function]
    if contains(keys(lookup(var.known_endpoints, r.cloud, {})), r.function)
  })
}

resource "terraform_data" "url" {
  for_each = { for name, f in var.functions : name => f if f.exposed }
  input    = "https://google.example/${terraform_data.receiver[each.key].id != null ? each.key : ""}"
}

resource "terraform_data" "other" {
  for_each = { for name, f in var.functions : name => f if !contains(local.receiving, name) }
  input = merge(each.value.environment, {
    for variable, r in each.value.addresses : variable => var.endpoints[r.cloud][r.function]
  })
}

resource "terraform_data" "device" {
  for_each = try(var.channel.devices, {})
  input    = { name = each.value, function = var.channel.function, open = var.channel.open }
}

resource "terraform_data" "graph" {
  count = var.twin_service == null ? 0 : 1
  input = var.twin_service.store
}

resource "terraform_data" "view" {
  count = var.view == null ? 0 : 1
}

resource "google_storage_bucket" "store" {
  for_each      = { for name, s in var.stores : name => s if s.kind != "twin_graph" }
  name          = each.value.cloud_name
  location      = "EU"
  force_destroy = contains(var.unprotected, "google:${each.key}")
}

output "endpoints" {
  value = { for name, url in terraform_data.url : name => url.output }
}

output "device_credentials" {
  value = {
    for id, device in terraform_data.device : id => {
      cloud       = "google"
      endpoint    = "google.example"
      client_id   = device.output.name
      certificate = "the certificate of ${device.output.name}"
      private_key = "the key of ${device.output.name}"
    }
  }
}

output "view" {
  value = one([for v in terraform_data.view : "https://view.google.example"])
}

output "stores" {
  value = { for name, store in google_storage_bucket.store : name => store.name }
}
