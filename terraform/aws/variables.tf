# Each of these is described in the root module's variables.tf; of what is by cloud there, AWS's part
# comes in.

variable "twin" {
  type = string
}

variable "mode" {
  type = string
}

variable "functions" {
  type = map(object({
    cloud_name    = string
    kind          = string
    runs          = string
    timeout       = number
    memory        = number
    exposed       = bool
    invoked_later = bool
    queue = optional(object({
      gathers = bool
      at_once = number
    }))
    package     = optional(string)
    twin_info   = string
    environment = map(string)
    addresses = map(object({
      cloud    = string
      function = string
    }))
    permissions = list(object({
      action = string
      target = string
    }))
  }))
}

variable "secrets" {
  type      = map(map(string))
  sensitive = true
}

variable "packages" {
  type = map(object({
    cloud   = string
    name    = string
    file    = string
    sha256  = string
    runtime = string
    handler = string
  }))
}

variable "stores" {
  type = map(object({
    cloud_name = string
    kind       = string
  }))
}

variable "bucket_names" {
  type = map(string)
}

variable "schedules" {
  type = map(object({
    function  = string
    cron      = string
    input     = string
    divisible = bool
  }))
}

variable "channel" {
  description = "Null where layer 1 is not on AWS."
  type = object({
    function  = string
    telemetry = string
    commands  = string
    devices   = map(string)
    open      = bool
  })
}

variable "workflow_definitions" {
  type = map(string)
}

variable "twin_service" {
  description = "Null where layer 4 is not on AWS."
  type = object({
    store   = string
    readers = list(string)
  })
}

variable "scene" {
  type = map(object({
    file   = string
    sha256 = string
  }))
}

variable "view" {
  description = "Null where layer 5 is not on AWS."
  type = object({
    admin = optional(object({
      email      = string
      first_name = string
      last_name  = string
    }))
  })
}

variable "alarms" {
  type = object({
    email = optional(string)
  })
}

variable "log_retention_days" {
  type = number
}

variable "batch_window_seconds" {
  type = number
}

variable "put_off_limit_seconds" {
  type = number
}

variable "mover_runs" {
  type = number
}

variable "trace_sampling" {
  type = number
}

variable "xray" {
  type = bool
}

variable "known_endpoints" {
  type = map(map(string))
}

variable "unprotected" {
  type = set(string)
}

variable "projects" {
  type = map(string)
}

variable "endpoints" {
  description = "The addresses of all receivers, by cloud and name. Only blocks of senders may use this."
  type        = map(map(string))
}
