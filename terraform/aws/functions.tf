# The functions. Receivers, which have an HTTPS endpoint, are blocks of their own (see ../main.tf).
#
# Blocks read one another through locals: between two blocks with for_each Terraform draws an arrow from
# each instance to each, also where depends_on says it, and with hundreds of functions or devices
# counts them for minutes. A local in between is one node.

locals {
  receivers = { for name, f in local.functions : name => f.cloud_name if f.exposed }
  others    = { for name, f in local.functions : name => f.cloud_name if !f.exposed }

  # The others are called by a function that waits for them.
  asynchronous = { for name, f in local.functions : name => f.cloud_name if f.invoked_later }

  # Ours is pure Java, which costs a fifth less on ARM; the libraries of the user's code are packaged
  # for x86. And ours writes a line of its own for each run: Lambda's lines about its beginning, end and
  # price would be more than that, so only what went wrong is kept of them.
  own_code  = { for name, f in local.functions : name => f.runs != "user_code" }
  traced    = { for name, own in local.own_code : name => own && var.xray }
  log_level = var.mode == "DEBUG" ? "DEBUG" : "INFO"

  # What tells a store's name to those that may use it.
  store_variables = {
    hot     = "DYNAMODB_TABLE_NAME"
    cold    = "COLD_S3_BUCKET_NAME"
    archive = "ARCHIVE_S3_BUCKET_NAME"
  }

  # Every setting that is no secret and no address.
  settings = {
    for name, f in local.functions : name => merge(
      f.environment,
      {
        TWINLOOM_FUNCTION_KIND = f.kind
        TWINLOOM_FUNCTION_NAME = name
      },
      # Lambda's environment holds 4 KB: what a function knows of its twin is a file of its package.
      f.runs == "user_code" ? {} : {
        DEAD_LETTER_S3_BUCKET_NAME = local.buckets["dead-letters"]
        DIGITAL_TWIN_INFO          = "file:/var/task/${f.twin_info}"
      },
      {
        for target in distinct([for p in f.permissions : p.target]) :
        local.store_variables[var.stores[target].kind] => local.store_names[target]
        if try(contains(keys(local.store_variables), var.stores[target].kind), false)
      },
      local.keeps_rows[name] ? { STATE_DYNAMODB_TABLE_NAME = local.state_table } : {},
      {
        for p in f.permissions :
        "LAMBDA_CHAIN_STEP_FUNCTION_ARN" => "${local.arn.workflow}:${local.workflows[p.target].cloud_name}"
        if p.action == "run_workflow"
      },
      length(local.queue_targets[name]) > 0 && f.runs != "user_code" ? {
        SQS_QUEUES_URL       = local.queues_url
        SQS_QUEUED_FUNCTIONS = join(",", local.queue_targets[name])
      } : {},
      f.runs == "user_code" || var.trace_sampling == null ? {} : { TRACE_SAMPLING = tostring(var.trace_sampling) },
      f.queue == null ? {} : { PUT_OFF_LIMIT_SECONDS = tostring(var.put_off_limit_seconds) },
    )
  }
}

resource "aws_lambda_function" "receiver" {
  for_each = local.receivers

  function_name = each.value
  role          = local.role_arns[each.key]
  runtime       = var.packages[local.functions[each.key].package].runtime
  handler       = var.packages[local.functions[each.key].package].handler
  s3_bucket     = local.buckets["deployment"]
  s3_key        = local.uploaded[local.functions[each.key].package]
  timeout       = local.functions[each.key].timeout
  memory_size   = local.functions[each.key].memory
  architectures = [local.own_code[each.key] ? "arm64" : "x86_64"]
  tags          = { "twinloom:kind" = local.functions[each.key].kind }

  environment {
    variables = merge(
      local.settings[each.key],
      # Two receivers may call one another, so they have addresses that an earlier apply has made.
      {
        for variable, receiver in local.functions[each.key].addresses : variable => var.known_endpoints[receiver.cloud][receiver.function]
        if contains(keys(lookup(var.known_endpoints, receiver.cloud, {})), receiver.function)
      },
      lookup(var.secrets, each.key, {}),
    )
  }

  dynamic "tracing_config" {
    for_each = local.traced[each.key] ? [1] : []
    content {
      mode = "Active"
    }
  }

  logging_config {
    log_format            = local.own_code[each.key] ? "JSON" : "Text"
    log_group             = local.log_groups[each.key]
    system_log_level      = local.own_code[each.key] ? "WARN" : null
    application_log_level = local.own_code[each.key] ? local.log_level : null
  }
}

resource "aws_lambda_function" "other" {
  for_each = local.others

  function_name = each.value
  role          = local.role_arns[each.key]
  runtime       = var.packages[local.functions[each.key].package].runtime
  handler       = var.packages[local.functions[each.key].package].handler
  s3_bucket     = local.buckets["deployment"]
  s3_key        = local.uploaded[local.functions[each.key].package]
  timeout       = local.functions[each.key].timeout
  memory_size   = local.functions[each.key].memory
  architectures = [local.own_code[each.key] ? "arm64" : "x86_64"]
  tags          = { "twinloom:kind" = local.functions[each.key].kind }

  environment {
    variables = merge(
      local.settings[each.key],
      { for variable, receiver in local.functions[each.key].addresses : variable => var.endpoints[receiver.cloud][receiver.function] },
      lookup(var.secrets, each.key, {}),
    )
  }

  dynamic "tracing_config" {
    for_each = local.traced[each.key] ? [1] : []
    content {
      mode = "Active"
    }
  }

  logging_config {
    log_format            = local.own_code[each.key] ? "JSON" : "Text"
    log_group             = local.log_groups[each.key]
    system_log_level      = local.own_code[each.key] ? "WARN" : null
    application_log_level = local.own_code[each.key] ? local.log_level : null
  }

  lifecycle {
    precondition {
      condition     = alltrue([for r in values(local.functions[each.key].addresses) : contains(keys(lookup(var.endpoints, r.cloud, {})), r.function)])
      error_message = "No address is known of a receiver on another cloud: ${join(", ", [for r in values(local.functions[each.key].addresses) : "${r.cloud}/${r.function}" if !contains(keys(lookup(var.endpoints, r.cloud, {})), r.function)])}."
    }
  }
}

locals {
  log_groups     = { for name, g in aws_cloudwatch_log_group.function : name => g.name }
  made_receivers = { for name, f in aws_lambda_function.receiver : name => f.function_name }
  made_functions = merge(local.made_receivers, { for name, f in aws_lambda_function.other : name => f.function_name })
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.names

  name              = "/aws/lambda/${each.value}"
  retention_in_days = var.log_retention_days
}

# The endpoint asks for no IAM signature: its callers are on other clouds. What guards it is the token.
resource "aws_lambda_function_url" "receiver" {
  for_each = local.receivers

  function_name      = local.made_receivers[each.key]
  authorization_type = "NONE"
}

# Since October 2025 both are asked for: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
resource "aws_lambda_permission" "url" {
  for_each = local.receivers

  statement_id           = "function-url"
  function_name          = local.made_receivers[each.key]
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "through_url" {
  for_each = local.receivers

  statement_id             = "function-through-url"
  function_name            = local.made_receivers[each.key]
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}

# Asynchronous invocation: three attempts, then a dead letter. The role may write it, see roles.tf.
resource "aws_lambda_function_event_invoke_config" "function" {
  for_each = local.asynchronous

  function_name                = local.made_functions[each.key]
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = "${local.arn.bucket}:${aws_s3_bucket.this["dead-letters"].bucket}"
    }
  }
}
