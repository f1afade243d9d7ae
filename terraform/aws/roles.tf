# One role a function. It may do what the topology's permissions say, each on its very target, and
# what every function may: write its own log. What a function hands to another one with a queue it
# sends to that queue, and may not invoke it. Twinloom's own functions may write their own dead
# letters too. The user's code may not: a letter is replayed with the rights of who replays it.

locals {
  # What each permission is on AWS, and on what.
  grants = {
    invoke       = { function = ["lambda:InvokeFunction"] }
    run_workflow = { workflow = ["states:StartExecution"] }
    read_items   = { table = ["dynamodb:Query"] }
    write_items  = { table = ["dynamodb:PutItem"] }
    delete_items = { table = ["dynamodb:DeleteItem"] }
    list_objects = { bucket = ["s3:ListBucket"] }
    # S3 tells a missing object from a forbidden one only to those who may list the bucket. When
    # restoring was asked for stands in a tag.
    read_objects = { bucket = ["s3:ListBucket"], objects = ["s3:GetObject", "s3:GetObjectTagging"] }
    # Parts of a large object are kept aside until the last one is there, and then removed.
    write_objects  = { objects = ["s3:AbortMultipartUpload", "s3:PutObject"], parts = ["s3:DeleteObject"] }
    delete_objects = { objects = ["s3:DeleteObject"] }
    # When it was asked for is noted in a tag.
    restore_objects = { objects = ["s3:PutObjectTagging", "s3:RestoreObject"] }
    send_commands   = { topic = ["iot:Publish"] }
    keep_plans      = { plans = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"] }
    keep_answers    = { answers = ["dynamodb:GetItem", "dynamodb:PutItem"] }
    keep_circuits   = { circuits = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"] }
    note_devices    = { seen = ["dynamodb:PutItem"] }
    find_devices    = { seen = ["dynamodb:GetItem"] }
    keep_runs       = { runs = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"] }
  }

  # A role's policy holds 10,240 characters, some ninety functions' names. Where a function may call
  # more of one kind than this, the kind's tag stands for the names.
  most_names = 40

  by_tag = {
    for name, f in var.functions : name => [
      for kind, targets in { for p in f.permissions : try(local.functions[p.target].kind, "none") => p.target... if p.action == "invoke" } :
      kind if kind != "none" && length(targets) > local.most_names
    ]
  }

  # The target's ARN in each of the places above. A function that is only named by a rule, and not
  # deployed here, has the very name.
  places = {
    for target in distinct(flatten([for f in var.functions : [for p in f.permissions : p.target]])) : target => merge({
      function = "${local.arn.function}:${try(local.functions[target].cloud_name, target)}"
      workflow = "${local.arn.workflow}:${try(local.workflows[target].cloud_name, target)}"
      table    = "${local.arn.table}/${try(local.store_names[target], "none")}"
      bucket   = "${local.arn.bucket}:${try(local.store_names[target], "none")}"
      objects  = "${local.arn.bucket}:${try(local.store_names[target], "none")}/*"
      parts    = "${local.arn.bucket}:${try(local.store_names[target], "none")}/~parts//*"
      topic    = "${local.arn.iot}:topic/${replace(target, "+", "*")}"
    }, {
      for place in keys(local.state_rows) : place => "${local.arn.table}/${coalesce(local.state_table, "none")}"
    })
  }

  # In the table of state each sees only the rows of its own kind.
  state_rows = {
    plans    = "plan#*"
    answers  = "answer#*"
    circuits = "circuit#*"
    runs     = "run#*"
    seen     = "seen#*"
  }

  # Whether a function has rows in it.
  keeps_rows = {
    for name, f in var.functions : name => anytrue([
      for p in f.permissions : length(setintersection(keys(local.grants[p.action]), keys(local.state_rows))) > 0
    ])
  }

  conditions = {
    for place, keys in local.state_rows : place => { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = [keys] } }
  }

  granted = {
    for name, f in var.functions : name => concat(
      flatten([
        for action in distinct([for p in f.permissions : p.action]) : [
          for place, operations in local.grants[action] : [
            for targets in [[
              for p in f.permissions : local.places[p.target][place]
              if p.action == action && !(action == "invoke" && (
                contains(local.by_tag[name], try(local.functions[p.target].kind, "none")) || contains(keys(local.queued), p.target)
              ))
            ]] :
            merge(
              {
                Sid      = replace(title(replace("${action} ${place}", "_", " ")), " ", "")
                Effect   = "Allow"
                Action   = operations
                Resource = targets
              },
              try({ Condition = local.conditions[place] }, {}),
            ) if length(targets) > 0
          ]
        ]
      ]),
      [
        for kind in local.by_tag[name] : {
          Sid      = "InvokeAll${replace(title(replace(kind, "-", " ")), " ", "")}s"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["${local.arn.function}:${var.twin}-*"]
          Condition = {
            StringEquals = {
              "aws:ResourceTag/twinloom:twin" = var.twin
              "aws:ResourceTag/twinloom:kind" = kind
            }
          }
        }
      ],
    )
  }

  # Lambda writes the record of an asynchronous invocation that failed in the end with the function's
  # own role, and asks for the listing too:
  # https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
  own = {
    for name, f in local.functions : name => concat(
      [for statement in [
        {
          Sid      = "OwnQueue"
          Effect   = "Allow"
          Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
          Resource = ["${local.arn.queue}:${f.cloud_name}"]
        },
      ] : statement if f.queue != null],
      [for statement in [
        {
          Sid      = "HandOn"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [for target in local.queue_targets[name] : "${local.arn.queue}:${local.functions[target].cloud_name}"]
        },
      ] : statement if length(local.queue_targets[name]) > 0],
      [{
        Sid      = "OwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${local.arn.logs}:/aws/lambda/${f.cloud_name}:log-stream:*"]
      }],
      # X-Ray's segments are of no resource:
      # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
      [for statement in [
        {
          Sid      = "OwnSegments"
          Effect   = "Allow"
          Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
          Resource = ["*"]
        },
      ] : statement if local.traced[name]],
      [for statement in [
        {
          Sid    = "OwnDeadLetters"
          Effect = "Allow"
          Action = ["s3:PutObject"]
          Resource = [
            for prefix in f.runs == "user_code" ? ["aws/lambda/async"] : ["dead-letters", "aws/lambda/async"] :
            "${local.arn.bucket}:${local.buckets["dead-letters"]}/${prefix}/${f.cloud_name}/*"
          ]
        },
        {
          Sid      = "FindDeadLetters"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["${local.arn.bucket}:${local.buckets["dead-letters"]}"]
        },
      ] : statement if contains(keys(local.asynchronous), name)],
    )
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

locals {
  role_names = { for name, r in merge(aws_iam_role.receiver, aws_iam_role.other) : name => r.name }

  # Read from the policies: who has a role's ARN by this has its rights.
  role_arns = {
    for name, p in merge(aws_iam_role_policy.receiver, aws_iam_role_policy.other) :
    name => "${local.arn.role}/${p.role}"
  }
}

resource "aws_iam_role" "receiver" {
  for_each = local.receivers

  name               = each.value
  description        = "Twinloom: ${each.key}"
  assume_role_policy = local.lambda_trust
}

resource "aws_iam_role_policy" "receiver" {
  for_each = local.receivers

  name   = "twinloom"
  role   = local.role_names[each.key]
  policy = local.policies[each.key]
}

resource "aws_iam_role" "other" {
  for_each = local.others

  name               = each.value
  description        = "Twinloom: ${each.key}"
  assume_role_policy = local.lambda_trust
}

resource "aws_iam_role_policy" "other" {
  for_each = local.others

  name   = "twinloom"
  role   = local.role_names[each.key]
  policy = local.policies[each.key]
}
