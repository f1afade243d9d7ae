# What Twinloom's topology decides, the same shape for every cloud. Twinloom writes the values to
# terraform.tfvars.json, and the secrets to secrets.auto.tfvars.json. What several clouds have is by
# cloud first: while a twin changes, two may have something of the same name. Keys below are the
# topology's names; cloud_name is the same name in the alphabet and length of its cloud.

variable "twin" {
  description = "The digital twin's name."
  type        = string
}

variable "mode" {
  description = "DEBUG or PRODUCTION: how much the functions log."
  type        = string
  default     = "PRODUCTION"
}

variable "regions" {
  description = "By cloud, the region in which its part is made; by {cloud}_{service}, that of a service set apart. Missing: what the cloud's own environment says."
  type        = map(string)
  default     = {}
}

variable "functions" {
  description = <<-EOT
    What runs, by cloud. kind: the row in the table of functions (docs/how-it-works.md). runs: system_code, user_code or
    workflow. timeout in seconds, memory in MiB. exposed: whether it has an HTTPS endpoint. invoked_later: whether it is
    invoked asynchronously. queue: the queue that holds what it is handed (gathers: one by one, from outside; at_once: so
    many messages are handled at once), or null where the cloud keeps that. package: a key of packages
    (null for a workflow). twin_info: the file of the package that says what it knows of its twin. addresses: which receiver's address each of these environment variables takes.
    permissions: all that it may do.
  EOT
  type = map(map(object({
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
  })))
}

variable "secrets" {
  description = "Tokens, by cloud, function and environment variable."
  type        = map(map(map(string)))
  default     = {}
  sensitive   = true
}

variable "tokens" {
  description = "Tokens, by connection: no function reads them here; another machine goes on with them."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "packages" {
  description = "What is uploaded, by cloud and name. file is seen from this folder; sha256 is hexadecimal."
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
  description = "Where measurements are kept, by cloud. kind: hot, cold, archive or twin_graph."
  type = map(map(object({
    cloud_name = string
    kind       = string
  })))
}

variable "bucket_names" {
  description = "By cloud and purpose, names of the buckets that hold no measurements."
  type        = map(map(string))
}

variable "schedules" {
  description = "When functions run by themselves, by cloud: cron has five fields, in UTC; input is JSON; divisible: whether several runs at once may each do a part."
  type = map(map(object({
    function  = string
    cron      = string
    input     = string
    divisible = bool
  })))
}

variable "channels" {
  description = "Layer 1, by cloud: the function that takes what devices send, the topics, in which + stands for a device, each device's name in its cloud's registry, and whether devices are let in."
  type = map(object({
    function  = string
    telemetry = string
    commands  = string
    devices   = map(string)
    open      = bool
  }))
}

variable "workflow_definitions" {
  description = "By cloud, the user's own workflow as text; where there is none, the generated one is deployed."
  type        = map(string)
  default     = {}
}

variable "twin_services" {
  description = "Layer 4, by cloud: its store, and the functions that it calls when it is read."
  type = map(object({
    store   = string
    readers = list(string)
  }))
  default = {}
}

variable "scenes" {
  description = "The files of the twin's scene, by cloud and their path in it."
  type = map(map(object({
    file   = string
    sha256 = string
  })))
  default = {}
}

variable "views" {
  description = "Layer 5, by cloud, and who may open it."
  type = map(object({
    admin = optional(object({
      email      = string
      first_name = string
      last_name  = string
    }))
  }))
  default = {}
}

variable "alarms" {
  description = "Whether a dead letter raises an alarm, and who is notified. Null: none does."
  type = object({
    email = optional(string)
  })
  default = null
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Logs are kept for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}

variable "batch_window_seconds" {
  description = "On AWS, how long the queue of devices' messages gathers them, unless a hundred are there before. 0: a message never waits, and ten are handled together at most."
  type        = number
  default     = 1

  validation {
    condition     = var.batch_window_seconds >= 0 && var.batch_window_seconds <= 300 && floor(var.batch_window_seconds) == var.batch_window_seconds
    error_message = "The window is a whole number of seconds from 0 to 300."
  }
}

variable "put_off_limit_seconds" {
  description = "How long an event is put off (throttled, a receiver that does not answer) before that counts as a failure."
  type        = number
  default     = 21600

  validation {
    condition     = var.put_off_limit_seconds >= 60 && var.put_off_limit_seconds <= 604800 && floor(var.put_off_limit_seconds) == var.put_off_limit_seconds
    error_message = "The limit is a whole number of seconds from 60 to 604,800, a week: the queues keep messages for two."
  }
}

variable "mover_runs" {
  description = "Over how many runs at once the daily move out of the hot store is divided."
  type        = number
  default     = 1

  validation {
    condition     = var.mover_runs >= 1 && var.mover_runs <= 16 && floor(var.mover_runs) == var.mover_runs
    error_message = "The runs are a whole number from 1 to 16."
  }
}

variable "trace_sampling" {
  description = "In PRODUCTION, one trace in so many has a line in the log for each invocation; null: one in a hundred."
  type        = number
  default     = null

  validation {
    condition     = var.trace_sampling == null ? true : var.trace_sampling >= 1 && floor(var.trace_sampling) == var.trace_sampling
    error_message = "One trace in a whole number from 1 on."
  }
}

variable "xray" {
  description = "On AWS, whether Twinloom's functions send segments to X-Ray."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags that everything gets beside those of Twinloom."
  type        = map(string)
  default     = {}
}

variable "known_endpoints" {
  description = "The addresses of all receivers as an earlier apply has made them, by cloud and name: for receivers that call others, which may call them."
  type        = map(map(string))
  default     = {}
}

variable "unprotected" {
  description = "What holds data and may be removed by the next apply or destroy, as CLOUD:NAME. Everything else is protected from deletion."
  type        = set(string)
  default     = []
}

variable "projects" {
  description = "Copies of the deployed versions of the project, by their digests, seen from this folder: another machine goes on with them."
  type        = map(string)
  default     = {}
}

variable "deployment" {
  description = "What is deployed, which an apply changes in one step with what it makes: how often that was another version, the change that is under way with the number of its phase, all of it as Twinloom reads it back, who has applied it, and what that apply has unlocked."
  type = object({
    generation = number
    change     = optional(string)
    phase      = optional(number)
    record     = string
    by         = optional(string)
    unlocked   = optional(set(string), [])
  })
  default = null
}

variable "remote_endpoints" {
  description = "Addresses of receivers on clouds that have no module here, by cloud and name."
  type        = map(map(string))
  default     = {}
}
