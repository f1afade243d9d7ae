# Stands in for aws.tf where a twin has no layer on AWS: its provider is then neither downloaded nor
# asked for credentials.

locals {
  aws = {
    endpoints          = {}
    things             = null
    device_credentials = {}
  }
}
