# Two functions in turn: the user's own state machine, else workflow.asl.json. Only the latter keeps
# dead letters: what the user defines may write none.

locals {
  own_workflow = lookup(var.workflow_definitions, "aws", null)
}

resource "aws_sfn_state_machine" "workflow" {
  for_each = local.workflows

  name     = each.value.cloud_name
  type     = "STANDARD"
  role_arn = aws_iam_role.workflow[each.key].arn
  definition = local.own_workflow != null ? local.own_workflow : templatefile("${path.module}/workflow.asl.json", {
    twin                = var.twin
    workflow            = each.key
    workflow_cloud_name = each.value.cloud_name
    function_arn        = local.arn.function
    dead_letters        = local.buckets["dead-letters"]
    partition           = local.partition
  })

  depends_on = [aws_iam_role_policy.workflow]
}

resource "aws_iam_role" "workflow" {
  for_each = local.workflows

  name               = each.value.cloud_name
  description        = "Twinloom: ${each.key}"
  assume_role_policy = local.trust["states"]
}

resource "aws_iam_role_policy" "workflow" {
  for_each = local.workflows

  name = "twinloom"
  role = aws_iam_role.workflow[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.granted[each.key], [for statement in [{
      Sid      = "OwnDeadLetters"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = ["${local.arn.bucket}:${local.buckets["dead-letters"]}/dead-letters/${each.value.cloud_name}/*"]
    }] : statement if local.own_workflow == null])
  })
}
