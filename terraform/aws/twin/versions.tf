terraform {
  required_version = ">= 1.8"

  required_providers {
    awscc = {
      source  = "hashicorp/awscc"
      version = "~> 1.96"
    }
  }
}
