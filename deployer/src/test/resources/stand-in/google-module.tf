# As little of a cloud as its functions and stores: receivers and others apart, stores that are locked.

terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
  }
}

variable "functions" { type = any }
variable "stores" { type = any }
variable "unprotected" { type = set(string) }
variable "endpoints" { type = map(map(string)) }
variable "known_endpoints" { type = map(map(string)) }

resource "terraform_data" "receiver" {
  for_each = { for name, f in var.functions : name => f if f.exposed }
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
  for_each = { for name, f in var.functions : name => f if !f.exposed }
  input = merge(each.value.environment, {
    for variable, r in each.value.addresses : variable => var.endpoints[r.cloud][r.function]
  })
}

resource "google_storage_bucket" "store" {
  for_each      = var.stores
  name          = each.value.cloud_name
  location      = "EU"
  force_destroy = contains(var.unprotected, "google:${each.key}")
}

output "endpoints" {
  value = { for name, url in terraform_data.url : name => url.output }
}

output "stores" {
  value = { for name, store in google_storage_bucket.store : name => store.name }
}
