# Layer 4 on AWS is a part of its own: TwinMaker is only in awscc, and only such twins need that
# provider.

provider "awscc" {
  region = lookup(var.regions, "aws", null)
}

module "aws_twin" {
  source = "./aws/twin"

  twin      = var.twin
  tags      = local.tags
  workspace = module.aws.twin_workspace
}
