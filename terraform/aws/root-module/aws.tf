provider "aws" {
  region = lookup(var.regions, "aws", null)

  default_tags {
    tags = local.tags
  }
}

module "aws" {
  source = "./aws"

  twin                  = var.twin
  mode                  = var.mode
  functions             = lookup(var.functions, "aws", {})
  secrets               = lookup(var.secrets, "aws", {})
  packages              = var.packages
  stores                = lookup(var.stores, "aws", {})
  bucket_names          = lookup(var.bucket_names, "aws", {})
  schedules             = lookup(var.schedules, "aws", {})
  channel               = lookup(var.channels, "aws", null)
  workflow_definitions  = var.workflow_definitions
  twin_service          = lookup(var.twin_services, "aws", null)
  scene                 = lookup(var.scenes, "aws", {})
  view                  = lookup(var.views, "aws", null)
  alarms                = var.alarms
  log_retention_days    = var.log_retention_days
  batch_window_seconds  = var.batch_window_seconds
  put_off_limit_seconds = var.put_off_limit_seconds
  mover_runs            = var.mover_runs
  trace_sampling        = var.trace_sampling
  xray                  = var.xray
  endpoints             = local.endpoints
  known_endpoints       = var.known_endpoints
  unprotected           = var.unprotected
  projects              = var.projects
}

locals {
  aws = {
    endpoints          = module.aws.endpoints
    things             = module.aws.things
    device_credentials = module.aws.device_credentials
  }
}
