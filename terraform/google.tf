# There is no module for this cloud: its receivers' addresses come as var.remote_endpoints.

locals {
  google = {
    endpoints          = {}
    things             = null
    device_credentials = {}
  }
}
