# What of the twin is on AWS, and how its things are called there.

data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  account   = data.aws_caller_identity.here.account_id
  partition = data.aws_partition.here.partition
  region    = data.aws_region.here.region

  # Bucket names are unique over all accounts: made so by account and twin, and the same every time.
  suffix = substr(sha256("${local.account}/${var.twin}"), 0, 8)

  # What blocks go over: names only, since Terraform looks through all of it for each instance.
  names = { for name, f in local.functions : name => f.cloud_name }

  functions = { for name, f in var.functions : name => f if f.runs != "workflow" }
  workflows = { for name, f in var.functions : name => f if f.runs == "workflow" }

  has_devices = var.channel != null
  has_twin    = var.twin_service != null
  has_view    = var.view != null

  hot_table   = one([for s in var.stores : s.cloud_name if s.kind == "hot"])

  # It stays where the twin still has something here: nobody removes it by moving the last mover away.
  keeps_state = local.has_any
  state_table = local.keeps_state ? "${var.twin}-state" : null

  # ARNs are put together from names, not read from the things: so a right to something makes no
  # dependency on it.
  arn = {
    function = "arn:${local.partition}:lambda:${local.region}:${local.account}:function"
    workflow = "arn:${local.partition}:states:${local.region}:${local.account}:stateMachine"
    table    = "arn:${local.partition}:dynamodb:${local.region}:${local.account}:table"
    bucket   = "arn:${local.partition}:s3::"
    queue    = "arn:${local.partition}:sqs:${local.region}:${local.account}"
    iot      = "arn:${local.partition}:iot:${local.region}:${local.account}"
    role     = "arn:${local.partition}:iam::${local.account}:role"
    logs     = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group"
    twin     = "arn:${local.partition}:iottwinmaker:${local.region}:${local.account}:workspace"
  }
}
