provider "google" {
  project = "mill"
}

module "google" {
  source          = "./google"
  functions       = lookup(var.functions, "google", {})
  stores          = lookup(var.stores, "google", {})
  unprotected     = var.unprotected
  endpoints       = local.endpoints
  known_endpoints = var.known_endpoints
}

locals {
  google = {
    endpoints          = module.google.endpoints
    things             = { stores = module.google.stores }
    device_credentials = {}
  }
}
