# One role a function. It may do what the topology's permissions say, each on its very target, and
# what every function may: write its own log, and its own dead letters.

locals {
  # What each permission is on AWS.
  actions = {
    invoke         = ["lambda:InvokeFunction"]
    run_workflow   = ["states:StartExecution"]
    read_items     = ["dynamodb:GetItem", "dynamodb:Query"]
    write_items    = ["dynamodb:PutItem"]
    delete_items   = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem"]
    list_objects   = ["s3:ListBucket"]
    read_objects   = ["s3:GetObject"]
    write_objects  = ["s3:AbortMultipartUpload", "s3:PutObject"]
    delete_objects = ["s3:DeleteObject"]
    send_commands  = ["iot:Publish"]
    keep_plans     = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
    keep_answers   = ["dynamodb:GetItem", "dynamodb:PutItem"]
  }

  # On what. A function that is only named by a rule, and not deployed here, has the very name.
  resources = {
    for name, f in local.all : name => [
      for p in f.permissions : {
        invoke         = "${local.arn.function}:${try(local.functions[p.target].cloud_name, p.target)}"
        run_workflow   = "${local.arn.workflow}:${try(local.workflows[p.target].cloud_name, p.target)}"
        read_items     = "${local.arn.table}/${try(local.store_names[p.target], "")}"
        write_items    = "${local.arn.table}/${try(local.store_names[p.target], "")}"
        delete_items   = "${local.arn.table}/${try(local.store_names[p.target], "")}"
        list_objects   = "${local.arn.bucket}:${try(local.store_names[p.target], "")}"
        read_objects   = "${local.arn.bucket}:${try(local.store_names[p.target], "")}/*"
        write_objects  = "${local.arn.bucket}:${try(local.store_names[p.target], "")}/*"
        delete_objects = "${local.arn.bucket}:${try(local.store_names[p.target], "")}/*"
        send_commands  = "${local.arn.iot}:topic/${replace(p.target, "+", "*")}"
        keep_plans     = "${local.arn.table}/${coalesce(local.state_table, "none")}"
        keep_answers   = "${local.arn.table}/${coalesce(local.state_table, "none")}"
      }[p.action]
    ]
  }

  granted = {
    for name, f in local.all : name => [
      for action in distinct([for p in f.permissions : p.action]) : {
        Sid      = replace(title(replace(action, "_", " ")), " ", "")
        Effect   = "Allow"
        Action   = local.actions[action]
        Resource = [for i, p in f.permissions : local.resources[name][i] if p.action == action]
      }
    ]
  }

  # Lambda writes the record of an asynchronous invocation that failed in the end with the function's
  # own role, and asks for the listing too:
  # https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  own = {
    for name, f in local.functions : name => [
      {
        Sid      = "OwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${local.arn.logs}:/aws/lambda/${f.cloud_name}:log-stream:*"]
      },
      {
        Sid    = "OwnDeadLetters"
        Effect = "Allow"
        Action = ["s3:PutObject"]
        Resource = [
          "${local.arn.bucket}:${local.buckets["dead-letters"]}/dead-letters/${f.cloud_name}/*",
          "${local.arn.bucket}:${local.buckets["dead-letters"]}/aws/lambda/async/${f.cloud_name}/*",
        ]
      },
      {
        Sid      = "FindDeadLetters"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["${local.arn.bucket}:${local.buckets["dead-letters"]}"]
      },
    ]
  }

  policies = {
    for name, f in local.functions : name => jsonencode({
      Version   = "2012-10-17"
      Statement = concat(local.own[name], local.granted[name])
    })
  }

  # Who may take a role: one service, and only on behalf of this account.
  trust = {
    for service in ["iot", "scheduler", "states", "grafana"] : service => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "${service}.amazonaws.com" }
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      }]
    })
  }

  # Lambda takes a role without saying for which account, so no condition would hold.
  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "receiver" {
  for_each = local.receivers

  name               = each.value.cloud_name
  description        = "Twinloom: ${each.key}"
  assume_role_policy = local.lambda_trust
}

resource "aws_iam_role_policy" "receiver" {
  for_each = local.receivers

  name   = "twinloom"
  role   = aws_iam_role.receiver[each.key].name
  policy = local.policies[each.key]
}

resource "aws_iam_role" "other" {
  for_each = local.others

  name               = each.value.cloud_name
  description        = "Twinloom: ${each.key}"
  assume_role_policy = local.lambda_trust
}

resource "aws_iam_role_policy" "other" {
  for_each = local.others

  name   = "twinloom"
  role   = aws_iam_role.other[each.key].name
  policy = local.policies[each.key]
}
