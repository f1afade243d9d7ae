provider "google" {
  project = "mill"
}

module "google" {
  source          = "./google"
  functions       = lookup(var.functions, "google", {})
  stores          = lookup(var.stores, "google", {})
  channel         = lookup(var.channels, "google", null)
  twin_service    = lookup(var.twin_services, "google", null)
  view            = lookup(var.views, "google", null)
  unprotected     = var.unprotected
  endpoints       = local.endpoints
  known_endpoints = var.known_endpoints
}

locals {
  google = {
    endpoints          = module.google.endpoints
    things             = { stores = module.google.stores, view = module.google.view }
    device_credentials = module.google.device_credentials
  }
}
