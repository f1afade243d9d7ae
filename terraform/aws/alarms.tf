# A dead letter raises an alarm. Each one that is stored is counted by a topic nobody listens to; the
# alarm on that count writes to the admin, once, however many there are.
#
# The topics are not encrypted with a key of one's own, which S3 and CloudWatch would each have to be
# let into: what passes through them is the names of objects, never a measurement.

locals {
  has_alarms = var.alarms != null && local.has_any
}

resource "aws_sns_topic" "dead_letters" {
  count = local.has_alarms ? 1 : 0

  name = "${var.twin}-dead-letters"
}

resource "aws_sns_topic_policy" "dead_letters" {
  count = local.has_alarms ? 1 : 0

  arn = aws_sns_topic.dead_letters[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DeadLetterBucket"
      Effect    = "Allow"
      Action    = ["sns:Publish"]
      Resource  = [aws_sns_topic.dead_letters[0].arn]
      Principal = { Service = "s3.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = "${local.arn.bucket}:${local.buckets["dead-letters"]}" }
      }
    }]
  })
}

resource "aws_s3_bucket_notification" "dead_letters" {
  count = local.has_alarms ? 1 : 0

  bucket = aws_s3_bucket.this["dead-letters"].bucket

  topic {
    topic_arn = aws_sns_topic.dead_letters[0].arn
    events    = ["s3:ObjectCreated:*"]
  }

  depends_on = [aws_sns_topic_policy.dead_letters]
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  count = local.has_alarms ? 1 : 0

  alarm_name          = "${var.twin}-dead-letters"
  alarm_description   = "The twin ${var.twin} has new dead letters: twinloom dead-letters lists and replays them."
  namespace           = "AWS/SNS"
  metric_name         = "NumberOfMessagesPublished"
  dimensions          = { TopicName = aws_sns_topic.dead_letters[0].name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms[0].arn]
}

# What can be divided over several runs measures at the end of each how far it is behind.
resource "aws_cloudwatch_metric_alarm" "overdue" {
  for_each = local.has_alarms ? toset([for s in var.schedules : s.function if s.divisible && contains(keys(local.functions), s.function)]) : []

  alarm_name          = "${var.twin}-overdue"
  alarm_description   = "Items stay in the hot store of the twin ${var.twin} for more than a day past their time, so many hours: twinloom logs says why, and mover_runs divides the work."
  namespace           = "Twinloom"
  metric_name         = "hot-item-overdue-hours"
  dimensions          = { function = each.key }
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_sns_topic.alarms[0].arn]
}

resource "aws_sns_topic" "alarms" {
  count = local.has_alarms ? 1 : 0

  name = "${var.twin}-alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  count = local.has_alarms ? 1 : 0

  arn = aws_sns_topic.alarms[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Alarm"
      Effect    = "Allow"
      Action    = ["sns:Publish"]
      Resource  = [aws_sns_topic.alarms[0].arn]
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

# The admin has to confirm the subscription by a link that AWS sends.
resource "aws_sns_topic_subscription" "admin" {
  count = local.has_alarms && try(var.alarms.email, null) != null ? 1 : 0

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = var.alarms.email
}
