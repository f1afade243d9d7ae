# The queues of the functions on a measurement's way. A function is handed what waits on its queue,
# each message of which may carry many events; what fails or is put off it sends again itself, with a
# delay. Names only go in and out, see functions.tf.

locals {
  queued = { for name, f in local.functions : name => f.cloud_name if f.queue != null }

  # Where an event goes that a function passes on: the function itself, and those that it may invoke.
  queue_targets = {
    for name, f in local.functions : name => sort(distinct(concat(
      f.queue != null ? [name] : [],
      [for p in f.permissions : p.target if p.action == "invoke" && contains(keys(local.queued), p.target)],
    )))
  }

  # A queue that single events come to gathers for a moment where it may; the messages of the others
  # carry batches already. Lambda hands out more than ten messages at once only
  # where it may wait for them.
  batches = {
    for name, cloud_name in local.queued : name => (
      local.functions[name].queue.gathers && var.batch_window_seconds > 0
      ? { size = 100, window = var.batch_window_seconds }
      : { size = 10, window = 0 }
    )
  }

  queues_url  = "https://sqs.${local.region}.${data.aws_partition.here.dns_suffix}/${local.account}/"
  undelivered = "${var.twin}-dead-letters"
}

resource "aws_sqs_queue" "function" {
  for_each = local.queued

  name = each.value
  # Lambda's own advice: six times what the function may take.
  visibility_timeout_seconds = 6 * local.functions[each.key].timeout
  message_retention_seconds  = 1209600
  max_message_size           = 1048576
  sqs_managed_sse_enabled    = true

  # The last resort: the function itself divides a message that ends its processes, and keeps the event
  # that does as a dead letter, long before. Deliveries that Lambda was throttled for count here as well,
  # and are to last as long as an event may be put off. SQS counts to 1,000.
  redrive_policy = jsonencode({
    deadLetterTargetArn = "${local.arn.queue}:${aws_sqs_queue.undelivered[0].name}"
    maxReceiveCount     = min(1000, max(20, ceil(var.put_off_limit_seconds / (6 * local.functions[each.key].timeout))))
  })
}

# Emptied by `twinloom dead-letters`, which keeps what is in it beside the other dead letters.
resource "aws_sqs_queue" "undelivered" {
  count = length(local.queued) > 0 ? 1 : 0

  name                      = local.undelivered
  message_retention_seconds = 1209600
  max_message_size          = 1048576
  sqs_managed_sse_enabled   = true

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [for cloud_name in values(local.queued) : "${local.arn.queue}:${cloud_name}"]
  })
}

locals {
  queue_urls = merge(
    { for name, q in aws_sqs_queue.function : q.name => q.url },
    { for q in aws_sqs_queue.undelivered : q.name => q.url },
  )
  made_queues = { for name, q in aws_sqs_queue.function : name => q.name }
}

resource "aws_sqs_queue_policy" "tls_only" {
  for_each = toset(concat(values(local.queued), length(local.queued) > 0 ? [local.undelivered] : []))

  queue_url = local.queue_urls[each.value]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "${local.arn.queue}:${each.value}"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# The role's policy must be there before, which the ARN of the role in the function says.
resource "aws_lambda_event_source_mapping" "queue" {
  for_each = local.queued

  event_source_arn                   = "${local.arn.queue}:${local.made_queues[each.key]}"
  function_name                      = local.made_functions[each.key]
  batch_size                         = local.batches[each.key].size
  maximum_batching_window_in_seconds = local.batches[each.key].window
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = local.functions[each.key].queue.at_once
  }
}

locals {
  mapped_queues = { for name, m in aws_lambda_event_source_mapping.queue : name => m.event_source_arn }
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  count = local.has_alarms && length(local.queued) > 0 ? 1 : 0

  alarm_name          = "${var.twin}-undelivered"
  alarm_description   = "A message of the twin ${var.twin} ends the functions that it is handed to: twinloom dead-letters lists its events."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = local.undelivered }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms[0].arn]
}
